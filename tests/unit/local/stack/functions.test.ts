import { FUNCTIONS, namesOf } from "@realtime-gateway/functions/manifest";
import { describe, expect, it } from "vitest";
import { environmentFor } from "../../../../packages/local/src/stack/functions.ts";

describe("the environment of a local function", () => {
  const env = {
    PUSHER_KEY: "key",
    PUSHER_APP_ID: "1",
    PUSHER_HOST: "127.0.0.1",
    PUSHER_ENCRYPTION_MASTER_KEY_BASE64: "key",
    REALTIME_DLQ_URL: "http://127.0.0.1:4566/000000000000/dead",
    REALTIME_JWT_SECRET: "jwt",
    REALTIME_TEST_TOKEN: "token",
    REALTIME_WEBHOOK_QUEUE_URL: "http://127.0.0.1:4566/000000000000/webhooks",
    AWS_ACCESS_KEY_ID: "id",
  };
  const SHARED = ["PUSHER_KEY", "AWS_ACCESS_KEY_ID"];

  it.each([
    ["relay", ["PUSHER_APP_ID", "PUSHER_HOST", "PUSHER_ENCRYPTION_MASTER_KEY_BASE64", "REALTIME_DLQ_URL"]],
    ["auth", ["PUSHER_ENCRYPTION_MASTER_KEY_BASE64", "REALTIME_JWT_SECRET"]],
    ["test-event", ["PUSHER_APP_ID", "PUSHER_HOST", "PUSHER_ENCRYPTION_MASTER_KEY_BASE64", "REALTIME_TEST_TOKEN"]],
    ["webhook", ["REALTIME_WEBHOOK_QUEUE_URL"]],
  ] as const)("has for %s the settings that it reads, and those of no other function", (name, own) => {
    const names = Object.keys(environmentFor(FUNCTIONS[name], FUNCTIONS, env));
    expect(names.toSorted()).toEqual([...SHARED, ...own].sort());
  });

  it("keeps the variables of the AWS SDK, which Lambda sets for every function", () => {
    for (const name of namesOf(FUNCTIONS))
      expect(environmentFor(FUNCTIONS[name], FUNCTIONS, env)).toMatchObject({ AWS_ACCESS_KEY_ID: "id" });
  });
});
