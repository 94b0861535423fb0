import { describe, expect, it } from "vitest";
import { authFunction } from "../../../support/auth-function.ts";
import { jwtEnvironment, proxyEnvironment } from "../../../support/settings.ts";

const warnings = (env: Readonly<Record<string, string>>): readonly string[] =>
  authFunction(env).records.map(({ message }) => message);

describe("the function's start", () => {
  it("warns of public channels in a mode with users", () => {
    expect(warnings({ ...jwtEnvironment, PUSHER_USE_PRIVATE_CHANNELS: "0" })).toEqual(["public_channels"]);
  });

  it("does not warn of private channels", () => {
    expect(warnings({ ...jwtEnvironment, PUSHER_USE_PRIVATE_CHANNELS: "1" })).toEqual([]);
  });

  it("warns in jwt mode if no web page may call the function, because each preflight would fail without a trace", () => {
    expect(warnings({ ...jwtEnvironment, REALTIME_ALLOWED_ORIGINS: "" })).toEqual(["no_allowed_origin"]);
  });

  it.each([{}, proxyEnvironment])(
    "does not warn of missing origins in a mode without tokens of browsers: %j",
    (env) => {
      expect(warnings({ ...env, REALTIME_ALLOWED_ORIGINS: "" })).toEqual([]);
    },
  );

  it("does not warn of public channels in open mode", () => {
    expect(warnings({ PUSHER_USE_PRIVATE_CHANNELS: "0" })).toEqual([]);
  });
});
