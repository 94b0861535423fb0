import { describe, expect, inject, it } from "vitest";
import { planDeployment } from "../../infra/settings/deployment.ts";
import { DUMMY_32_BYTES, STAGES } from "./stages.ts";

/** A stage's environment, with its secrets as SST hands them to the program. */
function environmentOf(name: "ci" | "production" | "other"): Record<string, string> {
  const { env, secrets } = STAGES[name];
  const handed = Object.entries(secrets).map(([secret, value]) => [`SST_SECRET_${secret}`, value]);
  return { ...env, ...Object.fromEntries(handed) };
}

/** What is wrong with a stage's environment, changed. */
function faultsOf(name: "ci" | "production" | "other", changes: Readonly<Record<string, string>>): readonly string[] {
  const plan = planDeployment(STAGES[name].stage, { ...environmentOf(name), ...changes });
  return plan.ok ? [] : plan.faults;
}

describe("what is sound is planned", () => {
  it.each(["ci", "production", "other"] as const)("%s", (name) => expect(faultsOf(name, {})).toEqual([]));

  it("production with open authorization, where that is said", () => {
    const env = { ...environmentOf("ci"), REALTIME_AUTH_MODE: "open" };
    expect(planDeployment("production", env)).toMatchObject({ ok: true });
  });

  it("a window with a large batch", () =>
    expect(faultsOf("ci", { GATEWAY_BATCH_SIZE: "500", GATEWAY_BATCH_WINDOW_SECONDS: "5" })).toEqual([]));

  it("an operator's REALTIME_DLQ_URL is not the deployment's", () => {
    const plan = planDeployment("ci", { ...environmentOf("ci"), REALTIME_DLQ_URL: "http://127.0.0.1:4566/0/dlq" });
    expect(plan).toMatchObject({
      ok: true,
      value: { variables: expect.not.objectContaining({ REALTIME_DLQ_URL: expect.anything() }) },
    });
  });
});

describe("what is not is refused", () => {
  it.each([
    [
      "production with open authorization by default",
      "production",
      { REALTIME_AUTH_MODE: "" },
      "REALTIME_AUTH_MODE is not set",
    ],
    [
      "production without a test token",
      "production",
      { SST_SECRET_RealtimeTestToken: "" },
      "the secret RealtimeTestToken is not set",
    ],
    ["production in clear text", "production", { PUSHER_SCHEME: "http" }, "PUSHER_SCHEME=http"],
    ["a stage without its app", "ci", { PUSHER_KEY: "" }, "PUSHER_KEY is missing"],
    ["a stage without the app's secret", "ci", { SST_SECRET_PusherSecret: "" }, "npx sst secret set PusherSecret"],
    ["a local Pusher", "ci", { PUSHER_HOST: "127.0.0.1" }, "PUSHER_HOST is a loopback address"],
    [
      "a local issuer",
      "production",
      { REALTIME_JWT_JWKS_URL: "http://localhost:3000/keys" },
      "REALTIME_JWT_JWKS_URL is a loopback",
    ],
    [
      "a local queue",
      "ci",
      { REALTIME_WEBHOOK_QUEUE_URL: "http://127.0.0.1:4566/000000000000/q" },
      "REALTIME_WEBHOOK_QUEUE_URL must be",
    ],
    ["two key sources", "production", { REALTIME_JWT_PUBLIC_KEY: "x" }, "exactly one of"],
    [
      "a mode's settings in another",
      "ci",
      { REALTIME_JWT_ISSUER: "i" },
      "REALTIME_JWT_ISSUER needs REALTIME_AUTH_MODE=jwt",
    ],
    [
      "ownership without its secret",
      "production",
      { SST_SECRET_RealtimeOwnershipSecret: "" },
      "the secret RealtimeOwnershipSecret is not set",
    ],
    ["a short secret", "other", { SST_SECRET_RealtimeProxySecret: "short" }, "REALTIME_PROXY_SECRET must be 32 bytes"],
    ["a short key", "other", { SST_SECRET_PusherEncryptionMasterKeyBase64: "c2hvcnQ=" }, "must be 32 bytes in base64"],
    [
      "encryption of public channels",
      "other",
      { PUSHER_USE_PRIVATE_CHANNELS: "0" },
      "public channels are not encrypted",
    ],
    [
      "a key that nothing would read",
      "ci",
      { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: "x" },
      "PUSHER_ENCRYPTION_MASTER_KEY_BASE64 would have no effect",
    ],
    [
      "a secret of another mode",
      "ci",
      { REALTIME_PROXY_SECRET: DUMMY_32_BYTES },
      "REALTIME_PROXY_SECRET would have no effect",
    ],
    ["a misspelt setting", "ci", { REALTIME_AUTHMODE: "jwt" }, "REALTIME_AUTHMODE is no setting"],
    ["a large batch without a window", "ci", { GATEWAY_BATCH_SIZE: "11" }, "needs GATEWAY_BATCH_WINDOW_SECONDS"],
    ["a large FIFO batch", "other", { GATEWAY_BATCH_SIZE: "11" }, "GATEWAY_FIFO=1 takes 10"],
    ["a FIFO window", "other", { GATEWAY_BATCH_WINDOW_SECONDS: "1" }, "GATEWAY_FIFO=1 takes no"],
    [
      "one relay at once",
      "ci",
      { GATEWAY_MAX_CONCURRENCY: "1" },
      "GATEWAY_MAX_CONCURRENCY must be an integer from 2 to 1000",
    ],
    ["more memory than there is", "ci", { GATEWAY_RELAY_MEMORY_MB: "10241" }, "from 128 to 10240"],
    ["a window beyond Lambda's", "ci", { GATEWAY_BATCH_WINDOW_SECONDS: "301" }, "from 0 to 300"],
    ["a batch beyond Lambda's", "ci", { GATEWAY_BATCH_SIZE: "10001" }, "from 1 to 10000"],
    ["a retention that CloudWatch has not", "ci", { GATEWAY_LOG_DAYS: "8" }, "GATEWAY_LOG_DAYS must be one of"],
    [
      "Pusher slower than the gateway",
      "ci",
      { REALTIME_PUSHER_TIMEOUT_MS: "10000" },
      "REALTIME_PUSHER_TIMEOUT_MS must be below",
    ],
  ] as const)("%s", (_, name, changes, fault) => {
    expect(faultsOf(name, changes)).toContainEqual(expect.stringContaining(fault));
  });

  it("a stage of which the functions could not be named", () => {
    const named = (length: number) => planDeployment("s".repeat(length), environmentOf("ci"));
    expect(named(36)).toMatchObject({ ok: true });
    expect(named(37)).toEqual({ ok: false, faults: ["the stage's name is longer than 36 characters"] });
  });

  it("with every fault, each once, and no value", () => {
    const faults = faultsOf("other", {
      SST_SECRET_RealtimeProxySecret: "sesame",
      GATEWAY_LOG_DAYS: "8",
      PUSHER_PORT: "x",
    });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain("sesame");
  });
});

it("the real command line refuses before anything is created", () => {
  const { exitCode, output, synthesis } = inject("stages").refused;
  expect(exitCode).not.toBe(0);
  expect(synthesis?.resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
  for (const fault of [
    "Stage production is not deployed; nothing has been changed:",
    "- REALTIME_AUTH_MODE is not set",
    "- the secret PusherSecret is not set",
    "- the secret RealtimeTestToken is not set",
  ])
    expect(output).toContain(fault);
  expect(output).not.toContain("left-in-the-shell");
});
