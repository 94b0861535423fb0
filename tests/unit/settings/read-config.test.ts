import { everySetting } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { leastEnvironment } from "../../support/environment.ts";
import { masterKey } from "../../support/pusher-app.ts";
import { faults, faultsOf, messageOf, read, readAll } from "../../support/settings.ts";

const KEY_TEXT = masterKey.toString("base64");

describe("the least environment", () => {
  it("gives the documented defaults", () => {
    expect(read()).toEqual({
      app: {
        appId: "1234567",
        key: "278d425bdf160c739803",
        secret: "7ad3773142a6692b25b8",
        host: "api-eu.pusher.com",
        port: 443,
        tls: true,
      },
      form: "private",
      maxPayloadBytes: 9000,
      dryRun: false,
      pusherTimeoutMs: 5000,
      signingApp: { key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" },
      webhookKeys: [{ key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" }],
      basePath: "/api/realtime/pusher",
      allowedOrigins: [],
      validation: "tolerant",
      conflate: true,
      stamp: false,
      logEvents: false,
      trace: false,
      deadLetterQueueUrl: undefined,
      maxEventAgeSeconds: undefined,
      metricsNamespace: "RealtimeGateway",
      auth: { mode: "open" },
      testToken: undefined,
      webhookQueueUrl: undefined,
    });
  });

  it.each(Object.keys(leastEnvironment))("is incomplete without %s", (name) => {
    expect(faults({ [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`))]);
  });

  it("treats an empty variable as one that is not set", () => {
    const nothing = Object.fromEntries(Object.keys(everySetting.variables).map((name) => [name, ""]));
    expect(faultsOf(nothing)).toEqual(faultsOf({}));
    expect(readAll({ ...nothing, ...leastEnvironment })).toEqual(read());
  });

  it("may contain variables that the gateway does not read", () => {
    expect(read({ PATH: "/bin", AWS_REGION: "eu-west-3", PUSHER_SOMETHING: "x" })).toEqual(read());
  });
});

describe("the meaning of the variables", () => {
  it("a host replaces the cluster", () => {
    const { PUSHER_CLUSTER: _, ...rest } = leastEnvironment;
    expect(readAll({ ...rest, PUSHER_HOST: "localhost" }).app.host).toBe("localhost");
    expect(read({ PUSHER_HOST: "localhost" }).app.host).toBe("localhost");
  });

  it.each([
    [{}, { port: 443, tls: true }],
    [{ PUSHER_SCHEME: "http" }, { port: 80, tls: false }],
    [
      { PUSHER_SCHEME: "http", PUSHER_PORT: "6001" },
      { port: 6001, tls: false },
    ],
    [
      { PUSHER_SCHEME: "https", PUSHER_PORT: "8443" },
      { port: 8443, tls: true },
    ],
    [{ PUSHER_PORT: "80" }, { port: 80, tls: true }],
  ])("%j connects with %j", (more, expected) => {
    expect(read(more).app).toMatchObject(expected);
  });

  it.each([
    [{}, "private"],
    [{ PUSHER_USE_PRIVATE_CHANNELS: "1" }, "private"],
    [{ PUSHER_USE_PRIVATE_CHANNELS: "0" }, "public"],
    [{ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: KEY_TEXT }, "encrypted"],
    [{ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: KEY_TEXT, PUSHER_USE_PRIVATE_CHANNELS: "1" }, "encrypted"],
  ])("%j publishes to channels of the form %s", (more, form) => {
    expect(read(more).form).toBe(form);
  });

  it("numbers and switches become numbers and booleans", () => {
    expect(
      read({ PUSHER_MAX_PAYLOAD_BYTES: "10240", PUSHER_DRY_RUN: "1", REALTIME_PUSHER_TIMEOUT_MS: "250" }),
    ).toMatchObject({ maxPayloadBytes: 10_240, dryRun: true, pusherTimeoutMs: 250 });
  });

  it("the encryption key becomes its 32 bytes, for the functions that publish and the one that signs", () => {
    const { app, signingApp, webhookKeys } = read({ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: KEY_TEXT });
    expect([app.encryptionMasterKey, signingApp.encryptionMasterKey]).toEqual([masterKey, masterKey]);
    expect(webhookKeys[0]).not.toHaveProperty("encryptionMasterKey");
  });

  it.each([
    ["/realtime", "/realtime"],
    ["/a/b.c/d_e~f-g/", "/a/b.c/d_e~f-g"],
    ["/", ""],
  ])("the base path %s becomes %j, without a slash at its end", (text, basePath) => {
    expect(read({ REALTIME_BASE_PATH: text })).toMatchObject({ basePath });
  });

  it.each([
    ["*", ["*"]],
    ["https://app.example/", ["https://app.example"]],
    [" https://app.example , capacitor://localhost/ ,", ["https://app.example", "capacitor://localhost"]],
    [",https://a.example,,https://b.example,", ["https://a.example", "https://b.example"]],
    ["https://app-*.vercel.app", ["https://app-*.vercel.app"]],
  ])("the origins %j are read without slashes and commas at their ends", (text, allowedOrigins) => {
    expect(read({ REALTIME_ALLOWED_ORIGINS: text })).toMatchObject({ allowedOrigins });
  });
});

describe("the previous key of the webhooks", () => {
  const previous = { REALTIME_WEBHOOK_PREVIOUS_KEY: "old", REALTIME_WEBHOOK_PREVIOUS_SECRET: "s3cr3t" };

  it("is accepted beside the key of the app", () => {
    expect(read(previous).webhookKeys).toEqual([
      { key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" },
      { key: "old", secret: "s3cr3t" },
    ]);
  });

  it.each(Object.keys(previous))("is incomplete without %s", (name) => {
    expect(faults({ ...previous, [name]: undefined })).toEqual([`${name} is missing`]);
  });

  it("is not the key of the app", () => {
    expect(faults({ ...previous, REALTIME_WEBHOOK_PREVIOUS_KEY: leastEnvironment.PUSHER_KEY })).toEqual([
      "REALTIME_WEBHOOK_PREVIOUS_KEY is the same key as PUSHER_KEY. Set PUSHER_KEY to the new key",
    ]);
  });
});

describe("the message of a faulty environment", () => {
  const everythingWrong = {
    PUSHER_APP_ID: "wrong app",
    PUSHER_KEY: "wrong key",
    PUSHER_SECRET: "wrong secret",
    PUSHER_CLUSTER: "WRONG",
    PUSHER_HOST: "wrong://host",
    PUSHER_PORT: "wrongport",
    PUSHER_SCHEME: "wrongscheme",
    PUSHER_USE_PRIVATE_CHANNELS: "0",
    PUSHER_MAX_PAYLOAD_BYTES: "wrongbytes",
    PUSHER_DRY_RUN: "wrongflag",
    PUSHER_ENCRYPTION_MASTER_KEY_BASE64: "wrongkey64",
    REALTIME_PUSHER_TIMEOUT_MS: "wrongtime",
    REALTIME_DLQ_URL: "wrongqueue",
    REALTIME_VALIDATION: "wrongvalidation",
    REALTIME_CONFLATE: "wrongconflate",
    REALTIME_STAMP: "wrongstamp",
    REALTIME_LOG_EVENTS: "wrongevents",
    REALTIME_TRACE: "wrongtrace",
    REALTIME_MAX_EVENT_AGE_SECONDS: "wrongage",
    REALTIME_METRICS_NAMESPACE: "AWS/wrong",
    REALTIME_BASE_PATH: "wrongpath",
    REALTIME_ALLOWED_ORIGINS: "wrongorigin",
    REALTIME_AUTH_MODE: "wrongmode",
    REALTIME_JWT_JWKS_URL: "wrongjwks",
    REALTIME_JWT_PUBLIC_KEY: "wrongpem",
    REALTIME_JWT_SECRET: "wrongjwtsecret",
    REALTIME_JWT_ALGORITHMS: "wrongalgorithm",
    REALTIME_JWT_ISSUER: "wrong\nissuer",
    REALTIME_JWT_AUDIENCE: "wrong\naudience",
    REALTIME_JWT_CLIENT_ID: "wrong\nclient",
    REALTIME_JWT_USER_CLAIM: " wrong-user-claim",
    REALTIME_JWT_GRANTS_CLAIM: "user_metadata.wrong-grants",
    REALTIME_OWNERSHIP_URL: "wrongowner",
    REALTIME_OWNERSHIP_SECRET: "wrong ownersecret",
    REALTIME_OWNERSHIP_CACHE_SECONDS: "wrongseconds",
    REALTIME_USER_INFO_CLAIMS: "wrongclaim,,",
    REALTIME_PROXY_SECRET: "wrongproxysecret",
    REALTIME_TEST_TOKEN: "wrong token",
    REALTIME_WEBHOOK_PREVIOUS_KEY: "wrong previous key",
    REALTIME_WEBHOOK_PREVIOUS_SECRET: "wrong secret",
    REALTIME_WEBHOOK_QUEUE_URL: "wrongwebhookqueue",
  };

  it("names every fault", () => {
    const named = faultsOf({ ...everythingWrong, PUSHER_USE_PRIVATE_CHANNELS: "wrong" });
    expect(named.map((fault) => fault.split(" ")[0]).sort()).toEqual(Object.keys(everythingWrong).sort());
    expect(Object.keys(everythingWrong)).toEqual(Object.keys(everySetting.variables));
  });

  it("names every missing variable", () => {
    expect(faultsOf({}).map((fault) => fault.split(" ")[0])).toEqual(Object.keys(leastEnvironment));
  });

  it("names a contradiction beside the faults", () => {
    expect(faultsOf(everythingWrong)).toContainEqual(
      expect.stringMatching(/^PUSHER_ENCRYPTION_MASTER_KEY_BASE64 needs PUSHER_USE_PRIVATE_CHANNELS=1/),
    );
  });

  it("rejects encryption of public channels", () => {
    expect(faults({ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: KEY_TEXT, PUSHER_USE_PRIVATE_CHANNELS: "0" })).toHaveLength(1);
  });

  it("contains no value, secret or not", () => {
    const message = messageOf(everythingWrong);
    for (const value of Object.values(everythingWrong).filter((text) => text !== "0"))
      expect(message.replaceAll(/(?:PUSHER|REALTIME)_\w+/g, "")).not.toContain(value);
  });

  it("contains no value of a correct variable", () => {
    const message = messageOf({ ...leastEnvironment, PUSHER_PORT: "x" });
    expect(message).not.toContain(leastEnvironment.PUSHER_SECRET);
    expect(message).not.toContain(leastEnvironment.PUSHER_KEY);
  });

  it("has a stable code", () => {
    expect(() => readAll({})).toThrow(expect.objectContaining({ name: "ConfigError", code: "invalid_config" }));
  });
});
