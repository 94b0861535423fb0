import { describe, expect, it } from "vitest";
import { readStartSettings } from "../../../../packages/local/src/stack/start-settings.ts";

const read = (env: Readonly<Record<string, string>>) => readStartSettings(env, undefined);

describe("the environment of npm start", () => {
  it("gives the functions the settings that name no app, and nothing else", () => {
    const env = { REALTIME_VALIDATION: "strict", PUSHER_KEY: "mine", PATH: "/bin", REALTIME_STAMP: "" };
    expect(read(env).variables).toEqual({ REALTIME_VALIDATION: "strict" });
  });

  it("is rejected with every fault, misspelt names included", () => {
    const env = { REALTIME_AUTHMODE: "jwt", PUSHER_MAX_PAYLOAD_BYTES: "12", GATEWAY_MAX_RECEIVE: "7" };
    expect(() => read(env)).toThrow(
      /Did you mean REALTIME_AUTH_MODE\?[\s\S]*Did you mean GATEWAY_MAX_RECEIVES\?[\s\S]*PUSHER_MAX_PAYLOAD_BYTES must be/,
    );
  });

  it("may hold the variables of a deployment", () => {
    expect(() => read({ GATEWAY_FIFO: "1", GATEWAY_MAX_CONCURRENCY: "2", PUSHER_HOST: "any.example" })).not.toThrow();
  });
});
