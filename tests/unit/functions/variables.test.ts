import { describe, expect, it } from "vitest";
import { FUNCTIONS, type FunctionName, variablesOf } from "../../../functions/manifest.ts";

/** Every variable that begins with `PUSHER_`, by the function whose code needs it. Written by hand, as the independent source. */
const PUSHER_VARIABLES: Readonly<Record<FunctionName, readonly string[]>> = {
  relay: [
    "PUSHER_APP_ID",
    "PUSHER_KEY",
    "PUSHER_SECRET",
    "PUSHER_CLUSTER",
    "PUSHER_HOST",
    "PUSHER_PORT",
    "PUSHER_SCHEME",
    "PUSHER_USE_PRIVATE_CHANNELS",
    "PUSHER_MAX_PAYLOAD_BYTES",
    "PUSHER_DRY_RUN",
    "PUSHER_ENCRYPTION_MASTER_KEY_BASE64",
  ],
  auth: ["PUSHER_KEY", "PUSHER_SECRET", "PUSHER_USE_PRIVATE_CHANNELS", "PUSHER_ENCRYPTION_MASTER_KEY_BASE64"],
  "test-event": [
    "PUSHER_APP_ID",
    "PUSHER_KEY",
    "PUSHER_SECRET",
    "PUSHER_CLUSTER",
    "PUSHER_HOST",
    "PUSHER_PORT",
    "PUSHER_SCHEME",
    "PUSHER_USE_PRIVATE_CHANNELS",
    "PUSHER_MAX_PAYLOAD_BYTES",
    "PUSHER_DRY_RUN",
    "PUSHER_ENCRYPTION_MASTER_KEY_BASE64",
  ],
  webhook: ["PUSHER_KEY", "PUSHER_SECRET"],
};

/** The functions that read each secret and each address of somebody else's. */
const READERS: Readonly<Record<string, readonly FunctionName[]>> = {
  REALTIME_PUSHER_TIMEOUT_MS: ["relay", "test-event"],
  REALTIME_DLQ_URL: ["relay"],
  REALTIME_METRICS_NAMESPACE: ["relay", "auth", "webhook"],
  REALTIME_BASE_PATH: ["auth", "test-event", "webhook"],
  REALTIME_ALLOWED_ORIGINS: ["auth", "test-event", "webhook"],
  REALTIME_JWT_SECRET: ["auth"],
  REALTIME_OWNERSHIP_SECRET: ["auth"],
  REALTIME_PROXY_SECRET: ["auth"],
  REALTIME_TEST_TOKEN: ["test-event"],
  REALTIME_WEBHOOK_QUEUE_URL: ["webhook"],
};

const readersOf = (variable: string) =>
  Object.entries(FUNCTIONS).flatMap(([name, { settings }]) => (variable in settings.variables ? [name] : []));

describe("each function gets exactly the variables that it reads", () => {
  it.each(Object.entries(PUSHER_VARIABLES))("of the Pusher app: %s", (name, expected) => {
    const { settings } = Object.entries(FUNCTIONS).find(([each]) => each === name)?.[1] ?? FUNCTIONS.relay;
    const variables = Object.keys(settings.variables).filter((variable) => variable.startsWith("PUSHER_"));
    expect(variables.toSorted()).toEqual(expected.toSorted());
  });

  it.each(Object.entries(READERS))("%s goes to %j", (variable, readers) => {
    expect(readersOf(variable)).toEqual(readers);
  });

  it("reads a variable where it is set, so that none is declared in vain", () => {
    for (const [name, { settings }] of Object.entries(FUNCTIONS)) {
      const read = new Set<string>();
      settings.read(new Proxy({}, { get: (_, variable) => void read.add(String(variable)) }));
      // The chosen mode reads its own variables only.
      const declared = variablesOf({ [name]: { ...FUNCTIONS.auth, settings } });
      expect(declared.filter((variable) => !/JWT|OWNERSHIP|PROXY|CLAIM/.test(variable) && !read.has(variable))).toEqual(
        [],
      );
      expect([...read].filter((variable) => !declared.includes(variable))).toEqual([]);
    }
  });
});
