// cspell:ignore ALOWED APPID CLUSTR DRYRUN SECERT
import { everySetting, unknownVariables } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";

const KNOWN = Object.keys(everySetting.variables);
const faults = (env: Readonly<Record<string, string>>): readonly string[] =>
  unknownVariables(env, { known: KNOWN, ownPrefixes: ["REALTIME_"], sharedPrefixes: ["PUSHER_"] });

describe("a misspelt variable", () => {
  it.each([
    ["REALTIME_ALOWED_ORIGINS", "REALTIME_ALLOWED_ORIGINS"],
    ["REALTIME_ORIGINS", "REALTIME_ALLOWED_ORIGINS"],
    ["REALTIME_JWT_AUD", "REALTIME_JWT_AUDIENCE"],
    ["REALTIME_JWT_JWKS", "REALTIME_JWT_JWKS_URL"],
    ["REALTIME_AUTHMODE", "REALTIME_AUTH_MODE"],
    ["PUSHER_CLUSTR", "PUSHER_CLUSTER"],
    ["PUSHER_KYE", "PUSHER_KEY"],
    ["PUSHER_KEYS", "PUSHER_KEY"],
    ["PUSHER_SECERT", "PUSHER_SECRET"],
    ["PUSHER_SCHEMA", "PUSHER_SCHEME"],
    ["PUSHER_APPID", "PUSHER_APP_ID"],
    ["PUSHER_DRYRUN", "PUSHER_DRY_RUN"],
    ["PUSHER_APP_KEY", "PUSHER_KEY"],
    ["PUSHER_APP_SECRET", "PUSHER_SECRET"],
    ["PUSHER_APP_CLUSTER", "PUSHER_CLUSTER"],
    ["PUSHER_ENCRYPTION_MASTER_KEY", "PUSHER_ENCRYPTION_MASTER_KEY_BASE64"],
    ["PUSHER_PRIVATE_CHANNELS", "PUSHER_USE_PRIVATE_CHANNELS"],
  ])("%s is a fault that names %s", (name, meant) => {
    expect(faults({ [name]: "x" })).toEqual([`${name} is no setting of the gateway. Did you mean ${meant}?`]);
  });

  it("is a fault without a suggestion if it resembles no variable", () => {
    expect(faults({ REALTIME_SOMETHING_ELSE_ENTIRELY: "x" })).toEqual([
      "REALTIME_SOMETHING_ELSE_ENTIRELY is no setting of the gateway. Correct the name or remove the variable",
    ]);
  });

  it("is named together with every other one, and its value is not printed", () => {
    const found = faults({ REALTIME_JWT_SECRETS: "s3cr3t", PUSHER_KYE: "s3cr3t" });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toContain("s3cr3t");
  });
});

describe("no fault", () => {
  it.each(KNOWN)("is the variable %s itself", (name) => {
    expect(faults({ [name]: "x" })).toEqual([]);
  });

  it.each(["URL", "TOKEN", "SSL", "TLS", "LOG", "PATH", "PROXY", "MODE", "USER"])(
    "is PUSHER_%s, a variable of another program",
    (word) => {
      expect(faults({ [`PUSHER_${word}`]: "x" })).toEqual([]);
    },
  );

  it.each([
    ["an empty variable", { REALTIME_AUTHMODE: "" }],
    ["a variable of another product of Pusher", { PUSHER_BEAMS_INSTANCE_ID: "x", PUSHER_BEAMS_SECRET_KEY: "x" }],
    ["a variable with another prefix", { NEXT_PUBLIC_PUSHER_KEY: "x", REAL_TIME: "x" }],
    ["the address that the server of mode proxy reads", { REALTIME_GATEWAY_URL: "x" }],
  ])("is %s", (_what, env) => {
    expect(faults(env)).toEqual([]);
  });
});
