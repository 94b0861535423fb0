import { readConfig } from "@realtime-gateway/functions/config";
import { everySetting } from "@realtime-gateway/functions/settings";
import { describe, expect, it } from "vitest";
import { leastEnvironment } from "../../support/environment.ts";
import { masterKey } from "../../support/pusher-app.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const readAll = (env: Environment) => readConfig(everySetting, { ...env });
const read = (more: Environment = {}) => readAll({ ...leastEnvironment, ...more });

function messageOf(env: Environment): string {
  try {
    readAll(env);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("the environment was accepted");
}

const faultsOf = (env: Environment): readonly string[] =>
  messageOf(env)
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^- /, ""));
const faults = (more: Environment): readonly string[] => faultsOf({ ...leastEnvironment, ...more });

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
      allowedOrigins: [],
      validation: "tolerant",
      conflate: true,
      deadLetterQueueUrl: undefined,
      maxEventAgeSeconds: undefined,
      auth: { mode: "open" },
      testToken: undefined,
      webhookQueueUrl: undefined,
    });
  });

  it.each(Object.keys(leastEnvironment))("is not complete without %s", (name) => {
    expect(faults({ [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`))]);
  });

  it("takes an empty variable for one that is not set", () => {
    const nothing = Object.fromEntries(Object.keys(everySetting.variables).map((name) => [name, ""]));
    expect(faultsOf(nothing)).toEqual(faultsOf({}));
    expect(readAll({ ...nothing, ...leastEnvironment })).toEqual(read());
  });

  it("may come with variables that are none of ours", () => {
    expect(read({ PATH: "/bin", AWS_REGION: "eu-west-3", PUSHER_SOMETHING: "x" })).toEqual(read());
  });
});

/** Values that a variable takes, and values that it refuses. */
const VARIABLES: [string, string[], string[]][] = [
  ["PUSHER_APP_ID", ["1", "my-app_1"], [" ", "1/../2", "1?x", "a b", "1\n", "é"]],
  ["PUSHER_KEY", ["k", "278d425bdf160c739803"], ["a b", "a:b", "k\n"]],
  ["PUSHER_SECRET", ["s", "p@ss:w/o=rd"], [" ", "a b", "a\n"]],
  ["PUSHER_CLUSTER", ["eu", "us2", "ap-1"], ["EU", "eu.evil.example", "eu/x", "eu\n"]],
  ["PUSHER_HOST", ["127.0.0.1", "localhost", "pusher.example.com"], ["https://x", "x/y", "x:6001", "x y", "user@x"]],
  ["PUSHER_PORT", ["1", "443", "65535"], ["0", "65536", "-1", "1.5", "80a", " 80", "0x50", "1e3", "９０"]],
  ["PUSHER_SCHEME", ["https", "http"], ["HTTPS", "ws", "https:"]],
  ["PUSHER_USE_PRIVATE_CHANNELS", ["1", "0"], ["true", "yes", "2", "01"]],
  ["PUSHER_MAX_PAYLOAD_BYTES", ["256", "9000", "10240"], ["255", "10241", "0", "-9000", "9000.5", "9k", "NaN"]],
  ["PUSHER_DRY_RUN", ["1", "0"], ["true", "no", "-1"]],
  [
    "PUSHER_ENCRYPTION_MASTER_KEY_BASE64",
    [KEY_TEXT],
    [
      "short",
      Buffer.alloc(31).toString("base64"),
      Buffer.alloc(33).toString("base64"),
      `${KEY_TEXT}\n`,
      "é".repeat(43),
    ],
  ],
  ["REALTIME_AUTH_MODE", ["open"], ["jwt", "proxy", "OPEN", "none"]],
  [
    "REALTIME_ALLOWED_ORIGINS",
    ["*", "https://app.example", "https://app.example,http://localhost:3001"],
    ["app.example", "https://app.example/", "https://*.app.example", "*,https://app.example", "https://a.example, x"],
  ],
  [
    "REALTIME_DLQ_URL",
    [
      "https://sqs.eu-west-3.amazonaws.com/123456789012/domain-events-dlq",
      "http://127.0.0.1:4566/000000000000/domain-events-dlq.fifo",
    ],
    ["domain-events-dlq", "arn:aws:sqs:eu-west-3:123456789012:domain-events-dlq", "https://sqs.example/x y/1/q"],
  ],
  ["REALTIME_VALIDATION", ["tolerant", "strict"], ["STRICT", "1", "none"]],
  ["REALTIME_CONFLATE", ["1", "0"], ["true", "2"]],
  ["REALTIME_MAX_EVENT_AGE_SECONDS", ["1", "3600", "1209600"], ["0", "1209601", "1h", "-1"]],
  ["REALTIME_PUSHER_TIMEOUT_MS", ["100", "5000", "30000"], ["99", "30001", "5s", "1e3"]],
];

describe("each variable", () => {
  it.each(VARIABLES)("%s takes %j and refuses %j", (name, right, wrong) => {
    for (const value of right) expect(() => read({ [name]: value })).not.toThrow();
    for (const value of wrong)
      expect(faults({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must`))]);
  });

  it("is in the table above", () => {
    expect(Object.keys(everySetting.variables)).toEqual(VARIABLES.map(([name]) => name));
  });
});

describe("what the variables mean", () => {
  it("a host stands in for the cluster", () => {
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

  it("numbers and switches are read as such", () => {
    expect(
      read({ PUSHER_MAX_PAYLOAD_BYTES: "10240", PUSHER_DRY_RUN: "1", REALTIME_PUSHER_TIMEOUT_MS: "250" }),
    ).toMatchObject({ maxPayloadBytes: 10_240, dryRun: true, pusherTimeoutMs: 250 });
  });

  it("the encryption key is its 32 bytes", () => {
    expect(read({ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: KEY_TEXT }).app.encryptionMasterKey).toEqual(masterKey);
  });
});

describe("the one message of a wrong environment", () => {
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
    REALTIME_AUTH_MODE: "wrongmode",
    REALTIME_ALLOWED_ORIGINS: "wrongorigin",
    REALTIME_DLQ_URL: "wrongqueue",
    REALTIME_VALIDATION: "wrongvalidation",
    REALTIME_CONFLATE: "wrongconflate",
    REALTIME_MAX_EVENT_AGE_SECONDS: "wrongage",
    REALTIME_PUSHER_TIMEOUT_MS: "wrongtime",
  };

  it("names every fault", () => {
    const named = faultsOf({ ...everythingWrong, PUSHER_USE_PRIVATE_CHANNELS: "wrong" });
    expect(named.map((fault) => fault.split(" ")[0]).sort()).toEqual(Object.keys(everythingWrong).sort());
  });

  it("names what is missing", () => {
    expect(faultsOf({}).map((fault) => fault.split(" ")[0])).toEqual(Object.keys(leastEnvironment));
  });

  it("names a contradiction beside the faults", () => {
    expect(faultsOf(everythingWrong)).toContainEqual(
      expect.stringMatching(/^PUSHER_ENCRYPTION_MASTER_KEY_BASE64 needs PUSHER_USE_PRIVATE_CHANNELS=1/),
    );
  });

  it("refuses encryption of public channels", () => {
    expect(faults({ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: KEY_TEXT, PUSHER_USE_PRIVATE_CHANNELS: "0" })).toHaveLength(1);
  });

  it("holds no value, secret or not", () => {
    const message = messageOf(everythingWrong);
    for (const value of Object.values(everythingWrong).filter((text) => text !== "0"))
      expect(message.replaceAll(/PUSHER_\w+/g, "")).not.toContain(value);
  });

  it("holds no value of the variables that are right", () => {
    const message = messageOf({ ...leastEnvironment, PUSHER_PORT: "x" });
    expect(message).not.toContain(leastEnvironment.PUSHER_SECRET);
    expect(message).not.toContain(leastEnvironment.PUSHER_KEY);
  });

  it("has a stable code", () => {
    expect(() => readAll({})).toThrow(expect.objectContaining({ name: "ConfigError", code: "invalid_config" }));
  });
});
