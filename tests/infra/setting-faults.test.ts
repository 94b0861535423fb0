import { describe, expect, it } from "vitest";
import { planDeployment } from "../../infra/settings/deployment.ts";
import { DUMMY_32_BYTES, STAGES } from "./stages.ts";
import { STAGE_RUNS } from "./synthesized.ts";

/** A stage's environment, with its secrets as SST passes them to the program. */
function environmentOf(name: "ci" | "production" | "other"): Record<string, string> {
  const { env, secrets } = STAGES[name];
  const passed = Object.entries(secrets).map(([secret, value]) => [`SST_SECRET_${secret}`, value]);
  return { ...env, ...Object.fromEntries(passed) };
}

/** The faults of a stage's environment with these changes. */
function faultsOf(name: "ci" | "production" | "other", changes: Readonly<Record<string, string>>): readonly string[] {
  const plan = planDeployment(STAGES[name].stage, { ...environmentOf(name), ...changes });
  return plan.ok ? [] : plan.faults;
}

describe("a stage is deployed with", () => {
  it.each(["ci", "production", "other"] as const)("the settings of %s", (name) =>
    expect(faultsOf(name, {})).toEqual([]),
  );

  it("explicit open authorization in production", () => {
    const env = { ...environmentOf("ci"), REALTIME_AUTH_MODE: "open" };
    expect(planDeployment("production", env)).toMatchObject({ ok: true });
  });

  it.each(["5", "240", "1000"])("%s receives", (GATEWAY_MAX_RECEIVES) =>
    expect(faultsOf("ci", { GATEWAY_MAX_RECEIVES, GATEWAY_BATCH_WINDOW_SECONDS: "300" })).toEqual([]),
  );

  it("a large batch and a window", () =>
    expect(faultsOf("ci", { GATEWAY_BATCH_SIZE: "500", GATEWAY_BATCH_WINDOW_SECONDS: "5" })).toEqual([]));

  it("its own dead-letter queue, not the operator's REALTIME_DLQ_URL", () => {
    const plan = planDeployment("ci", { ...environmentOf("ci"), REALTIME_DLQ_URL: "http://127.0.0.1:4566/0/dlq" });
    expect(plan).toMatchObject({
      ok: true,
      value: { variables: expect.not.objectContaining({ REALTIME_DLQ_URL: expect.anything() }) },
    });
  });
});

const SAYS_WHAT_TO_DO =
  /\b(?:must|needs|Set|Run|Remove|Lower|Choose|Correct|Did you mean|exactly one of)\b| is missing$/;

describe("a stage is not deployed with", () => {
  it.each([
    [
      "no explicit authorization in production",
      "production",
      { REALTIME_AUTH_MODE: "" },
      "REALTIME_AUTH_MODE is not set",
    ],
    [
      "no test token in production",
      "production",
      { SST_SECRET_RealtimeTestToken: "" },
      "the secret RealtimeTestToken is not set",
    ],
    ["unencrypted requests to Pusher in production", "production", { PUSHER_SCHEME: "http" }, "PUSHER_SCHEME=http"],
    ["no Pusher app", "ci", { PUSHER_KEY: "" }, "PUSHER_KEY is missing"],
    ["no secret of the Pusher app", "ci", { SST_SECRET_PusherSecret: "" }, "npx sst secret set PusherSecret"],
    ["a local Pusher server", "ci", { PUSHER_HOST: "127.0.0.1" }, "PUSHER_HOST is a loopback address"],
    [
      "a local issuer",
      "production",
      { REALTIME_JWT_JWKS_URL: "http://localhost:3000/keys" },
      "REALTIME_JWT_JWKS_URL is a loopback",
    ],
    [
      "a local webhook queue",
      "ci",
      { REALTIME_WEBHOOK_QUEUE_URL: "http://127.0.0.1:4566/000000000000/q" },
      "REALTIME_WEBHOOK_QUEUE_URL must be",
    ],
    ["two key sources for tokens", "production", { REALTIME_JWT_PUBLIC_KEY: "x" }, "exactly one of"],
    [
      "settings of another mode",
      "ci",
      { REALTIME_JWT_ISSUER: "i" },
      "REALTIME_JWT_ISSUER needs REALTIME_AUTH_MODE=jwt",
    ],
    [
      "an ownership URL without its secret",
      "production",
      { SST_SECRET_RealtimeOwnershipSecret: "" },
      "the secret RealtimeOwnershipSecret is not set",
    ],
    [
      "a previous webhook key without its secret",
      "other",
      { SST_SECRET_RealtimeWebhookPreviousSecret: "" },
      "the secret RealtimeWebhookPreviousSecret is not set",
    ],
    [
      "a previous webhook key that is still the app's",
      "other",
      { REALTIME_WEBHOOK_PREVIOUS_KEY: "dummy-key" },
      "REALTIME_WEBHOOK_PREVIOUS_KEY is the same key as PUSHER_KEY",
    ],
    [
      "a short proxy secret",
      "other",
      { SST_SECRET_RealtimeProxySecret: "short" },
      "REALTIME_PROXY_SECRET must be 32 bytes",
    ],
    [
      "a short encryption key",
      "other",
      { SST_SECRET_PusherEncryptionMasterKeyBase64: "c2hvcnQ=" },
      "must be 32 bytes in base64",
    ],
    ["encrypted public channels", "other", { PUSHER_USE_PRIVATE_CHANNELS: "0" }, "public channels are not encrypted"],
    [
      "an encryption key that no function would read",
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
    ["a misspelled setting", "ci", { REALTIME_AUTHMODE: "jwt" }, "REALTIME_AUTHMODE is no setting"],
    [
      "a batch that the relay cannot carry",
      "ci",
      { GATEWAY_BATCH_SIZE: "1001", GATEWAY_BATCH_WINDOW_SECONDS: "5" },
      "Lower GATEWAY_BATCH_SIZE to 1000 or less",
    ],
    ["a boundary that is no policy", "ci", { GATEWAY_PERMISSIONS_BOUNDARY: "admin" }, "must be the ARN of a policy"],
    ["a misspelled setting of the stage", "ci", { GATEWAY_LOG_DAY: "7" }, "Did you mean GATEWAY_LOG_DAYS?"],
    ["a misspelled variable of the Pusher app", "ci", { PUSHER_APP_KEY: "k" }, "Did you mean PUSHER_KEY?"],
    ["a large batch without a window", "ci", { GATEWAY_BATCH_SIZE: "11" }, "needs GATEWAY_BATCH_WINDOW_SECONDS"],
    [
      "a large FIFO batch",
      "other",
      { GATEWAY_BATCH_SIZE: "11" },
      "GATEWAY_BATCH_SIZE must be 10 or less with GATEWAY_FIFO=1",
    ],
    [
      "a FIFO window",
      "other",
      { GATEWAY_BATCH_WINDOW_SECONDS: "1" },
      "GATEWAY_BATCH_WINDOW_SECONDS must be 0 with GATEWAY_FIFO=1",
    ],
    [
      "a concurrency of one",
      "ci",
      { GATEWAY_MAX_CONCURRENCY: "1" },
      "GATEWAY_MAX_CONCURRENCY must be an integer from 2 to 1000",
    ],
    ["more memory than Lambda has", "ci", { GATEWAY_RELAY_MEMORY_MB: "10241" }, "from 128 to 10240"],
    ["four receives", "ci", { GATEWAY_MAX_RECEIVES: "4" }, "GATEWAY_MAX_RECEIVES must be an integer from 5 to 1000"],
    ["more receives than SQS allows", "ci", { GATEWAY_MAX_RECEIVES: "1001" }, "from 5 to 1000"],
    ["a longer window than Lambda allows", "ci", { GATEWAY_BATCH_WINDOW_SECONDS: "301" }, "from 0 to 300"],
    ["a larger batch than Lambda allows", "ci", { GATEWAY_BATCH_SIZE: "10001" }, "from 1 to 10000"],
    ["a retention that CloudWatch does not offer", "ci", { GATEWAY_LOG_DAYS: "8" }, "GATEWAY_LOG_DAYS must be one of"],
    [
      "a longer timeout for Pusher than for the functions",
      "ci",
      { REALTIME_PUSHER_TIMEOUT_MS: "10000" },
      "REALTIME_PUSHER_TIMEOUT_MS must be below",
    ],
  ] as const)("%s", (_, name, changes, fault) => {
    const faults = faultsOf(name, changes);
    expect(faults).toContainEqual(expect.stringContaining(fault));
    for (const text of faults) expect(text).toMatch(SAYS_WHAT_TO_DO);
  });

  it("a name that leaves no room for the functions' names", () => {
    const named = (length: number) => planDeployment("s".repeat(length), environmentOf("ci"));
    expect(named(36)).toMatchObject({ ok: true });
    expect(named(37)).toEqual({
      ok: false,
      faults: ["the stage's name is longer than 36 characters. Choose a shorter one"],
    });
  });

  it("several faults, and reports each once and without values", () => {
    const faults = faultsOf("other", {
      SST_SECRET_RealtimeProxySecret: "sesame",
      GATEWAY_LOG_DAYS: "8",
      PUSHER_PORT: "x",
    });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain("sesame");
  });
});

it("the real command line reports the faults before it creates anything", () => {
  const { exitCode, output, synthesis } = STAGE_RUNS.faulty;
  expect(exitCode).not.toBe(0);
  expect(synthesis?.resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
  for (const fault of [
    "Stage production is not deployed; nothing has been changed:",
    "- `sst dev` would replace production's functions by stubs of your machine. Use a stage of your own: npx sst dev --stage YOUR-NAME",
    "- REALTIME_AUTH_MODE is not set",
    "- GATEWAY_MAX_RECEIVES must be an integer from 5 to 1000",
    "- the secret PusherSecret is not set",
    "- the secret RealtimeTestToken is not set",
  ])
    expect(output).toContain(fault);
  expect(output).not.toContain("left-in-the-shell");
});
