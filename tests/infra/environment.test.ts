import { describe, expect, it } from "vitest";
import { type Deployed, deployed, FUNCTION, functionOf, QUEUE } from "./deployed.ts";

const PUBLISHES = ["PUSHER_APP_ID", "PUSHER_CLUSTER", "PUSHER_KEY", "PUSHER_SECRET"];
/** Functions that sign or verify, and never send to Pusher. */
const SIGNS = ["PUSHER_KEY", "PUSHER_SECRET"];
const APP = { Relay: PUBLISHES, Auth: SIGNS, TestEvent: PUBLISHES, Webhook: SIGNS } as const;

const variablesOf = (stage: Deployed, logical: string): readonly string[] =>
  Object.keys(functionOf(stage, logical).environment.variables)
    .filter((name) => name !== "NODE_OPTIONS")
    .sort();

describe("the environment of a function", () => {
  it.each([
    ["ci", "Relay", ["REALTIME_DLQ_URL", "REALTIME_METRICS_NAMESPACE"]],
    ["ci", "Auth", ["REALTIME_METRICS_NAMESPACE"]],
    ["ci", "TestEvent", ["REALTIME_TEST_TOKEN"]],
    ["ci", "Webhook", ["REALTIME_METRICS_NAMESPACE"]],
    ["production", "Relay", ["REALTIME_DLQ_URL", "REALTIME_METRICS_NAMESPACE"]],
    [
      "production",
      "Auth",
      [
        "REALTIME_ALLOWED_ORIGINS",
        "REALTIME_AUTH_MODE",
        "REALTIME_JWT_ALGORITHMS",
        "REALTIME_JWT_AUDIENCE",
        "REALTIME_JWT_CLIENT_ID",
        "REALTIME_JWT_GRANTS_CLAIM",
        "REALTIME_JWT_ISSUER",
        "REALTIME_JWT_JWKS_URL",
        "REALTIME_JWT_SECRET",
        "REALTIME_JWT_USER_CLAIM",
        "REALTIME_METRICS_NAMESPACE",
        "REALTIME_OWNERSHIP_SECRET",
        "REALTIME_OWNERSHIP_URL",
      ],
    ],
    ["production", "TestEvent", ["REALTIME_ALLOWED_ORIGINS", "REALTIME_TEST_TOKEN"]],
    ["production", "Webhook", ["REALTIME_ALLOWED_ORIGINS", "REALTIME_METRICS_NAMESPACE"]],
    [
      "other",
      "Relay",
      ["PUSHER_ENCRYPTION_MASTER_KEY_BASE64", "REALTIME_DLQ_URL", "REALTIME_LOG_EVENTS", "REALTIME_METRICS_NAMESPACE"],
    ],
    [
      "other",
      "Auth",
      [
        "PUSHER_ENCRYPTION_MASTER_KEY_BASE64",
        "REALTIME_AUTH_MODE",
        "REALTIME_BASE_PATH",
        "REALTIME_METRICS_NAMESPACE",
        "REALTIME_PROXY_SECRET",
      ],
    ],
    ["other", "TestEvent", ["PUSHER_ENCRYPTION_MASTER_KEY_BASE64", "REALTIME_BASE_PATH", "REALTIME_TEST_TOKEN"]],
    [
      "other",
      "Webhook",
      [
        "REALTIME_BASE_PATH",
        "REALTIME_METRICS_NAMESPACE",
        "REALTIME_WEBHOOK_PREVIOUS_KEY",
        "REALTIME_WEBHOOK_PREVIOUS_SECRET",
        "REALTIME_WEBHOOK_QUEUE_URL",
      ],
    ],
  ] as const)("in %s, %s gets only the variables that it reads", (stage, logical, beside) => {
    expect(variablesOf(deployed(stage), logical)).toEqual([...APP[logical], ...beside].sort());
  });

  it("has the stage's own namespace of metrics", () => {
    for (const logical of ["Auth", "Relay", "Webhook"] as const)
      expect(functionOf(deployed("ci"), logical).environment.variables.REALTIME_METRICS_NAMESPACE).toBe(
        "realtime-gateway-ci",
      );
  });

  it("leads the relay to the stage's own dead-letter queue", () => {
    const stage = deployed("production");
    const { variables } = functionOf(stage, "Relay").environment;
    expect(variables.REALTIME_DLQ_URL).toBe(stage.one(QUEUE, "DomainEventsDlqQueue").outputs.url);
  });
});

describe("secrets", () => {
  const SECRET =
    /^(?:PUSHER_APP_ID|PUSHER_SECRET|PUSHER_ENCRYPTION_MASTER_KEY_BASE64|REALTIME_\w+_SECRET|REALTIME_TEST_TOKEN)$/;

  it.each(["ci", "production", "other"] as const)("are marked as secrets in every function of %s", (name) => {
    const stage = deployed(name);
    for (const { inputs, secrets } of stage.all(FUNCTION)) {
      const { environment } = functionOf(stage, String(inputs.name && secretless(stage, inputs.name)));
      const expected = Object.keys(environment.variables).filter((variable) => SECRET.test(variable));
      expect(secrets.toSorted()).toEqual(expected.map((variable) => `environment.variables.${variable}`).sort());
    }
  });

  it.each(["ci", "production", "other"] as const)("are in no other resource and no output of %s", (name) => {
    const { resources, outputs } = deployed(name).synthesis;
    const values = [
      "dummy-secret",
      "dummy-token",
      "dummy-ownership-secret",
      "0123456789abcdef",
      "MDEyMzQ1Njc4OWFiY2RlZ",
    ];
    const holds = (part: unknown): boolean => values.some((value) => JSON.stringify(part).includes(value));
    expect(holds(outputs)).toBe(false);
    for (const { type, inputs, secrets } of resources)
      if (holds(inputs)) {
        expect([FUNCTION, "sst:sst:LinkRef"]).toContain(type);
        expect(secrets).not.toEqual([]);
      }
  });
});

/** The logical name of a function. */
function secretless(stage: Deployed, name: unknown): string {
  const found = stage.all(FUNCTION).find(({ inputs }) => inputs.name === name);
  return found?.name.replace(/Function$/, "") ?? "";
}
