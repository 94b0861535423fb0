import type { Environment } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { ecPem } from "../../../support/pem.ts";
import { faults, jwtEnvironment, proxyEnvironment, read } from "../../../support/settings.ts";

const SECRET = jwtEnvironment.REALTIME_JWT_SECRET;
const JWKS = "https://issuer.example/jwks.json";
const ownership = { REALTIME_OWNERSHIP_URL: "https://platform.example/owns", REALTIME_OWNERSHIP_SECRET: "s3cr3t" };

describe("the mode", () => {
  it("is open by default", () => {
    expect(read().auth).toEqual({ mode: "open" });
    expect(read({ REALTIME_AUTH_MODE: "open" }).auth).toEqual({ mode: "open" });
  });

  it("jwt has the key, the issuer and the audience of every token", () => {
    expect(read(jwtEnvironment).auth).toEqual({
      mode: "jwt",
      keys: { source: "secret", secret: Buffer.from(SECRET) },
      algorithms: ["HS256"],
      issuer: ["https://issuer.example"],
      audience: ["realtime"],
      clientIds: [],
      userClaim: "sub",
      grantsClaim: "realtime",
      ownership: undefined,
      userInfoClaims: [],
    });
  });

  it("proxy has the secret of the trusted server", () => {
    expect(read({ ...proxyEnvironment, REALTIME_USER_INFO_CLAIMS: "name, picture" }).auth).toEqual({
      mode: "proxy",
      secret: Buffer.from(SECRET),
      userInfoClaims: ["name", "picture"],
    });
  });
});

describe("the required settings of a mode", () => {
  it.each(["REALTIME_JWT_ISSUER", "REALTIME_JWT_AUDIENCE"])("jwt requires %s", (name) => {
    expect(faults({ ...jwtEnvironment, [name]: undefined })).toEqual([`${name} is missing`]);
  });

  it("a message names the missing key, issuer and audience of jwt together", () => {
    expect(faults({ REALTIME_AUTH_MODE: "jwt" })).toHaveLength(3);
  });

  it("proxy requires its secret", () => {
    expect(faults({ REALTIME_AUTH_MODE: "proxy" })).toEqual(["REALTIME_PROXY_SECRET is missing"]);
  });
});

describe("a setting of another mode", () => {
  const ofJwt: Environment = {
    REALTIME_JWT_JWKS_URL: JWKS,
    REALTIME_JWT_PUBLIC_KEY: ecPem("P-256"),
    REALTIME_JWT_SECRET: SECRET,
    REALTIME_JWT_ALGORITHMS: "HS256",
    REALTIME_JWT_ISSUER: "us",
    REALTIME_JWT_AUDIENCE: "them",
    REALTIME_JWT_CLIENT_ID: "app",
    REALTIME_JWT_USER_CLAIM: "uid",
    REALTIME_JWT_GRANTS_CLAIM: "grants",
    ...ownership,
    REALTIME_OWNERSHIP_CACHE_SECONDS: "5",
  };

  it.each(Object.entries(ofJwt))("%s is a fault in open and proxy", (name, value) => {
    const fault = `${name} needs REALTIME_AUTH_MODE=jwt`;
    expect(faults({ [name]: value })).toEqual([fault]);
    expect(faults({ ...proxyEnvironment, [name]: value })).toEqual([fault]);
  });

  it("REALTIME_PROXY_SECRET is a fault in open and jwt", () => {
    const fault = "REALTIME_PROXY_SECRET needs REALTIME_AUTH_MODE=proxy";
    expect(faults({ REALTIME_PROXY_SECRET: SECRET })).toEqual([fault]);
    expect(faults({ ...jwtEnvironment, REALTIME_PROXY_SECRET: SECRET })).toEqual([fault]);
  });

  it("REALTIME_USER_INFO_CLAIMS is a fault in open, which has no users", () => {
    expect(faults({ REALTIME_USER_INFO_CLAIMS: "name" })).toEqual([
      "REALTIME_USER_INFO_CLAIMS needs REALTIME_AUTH_MODE=jwt or proxy",
    ]);
  });

  it("is no fault if the mode itself is unknown: then the mode is the only fault", () => {
    expect(faults({ ...ofJwt, REALTIME_AUTH_MODE: "jwks" })).toEqual([
      expect.stringMatching(/^REALTIME_AUTH_MODE must be/),
    ]);
  });

  it("is still checked for its format if the mode itself is unknown", () => {
    expect(faults({ REALTIME_AUTH_MODE: "jwks", REALTIME_PROXY_SECRET: "short" })).toEqual([
      expect.stringMatching(/^REALTIME_AUTH_MODE must be/),
      "REALTIME_PROXY_SECRET must be 32 bytes or longer",
    ]);
  });

  it("is one fault, even if it is malformed too", () => {
    expect(faults({ REALTIME_PROXY_SECRET: "short" })).toEqual([
      "REALTIME_PROXY_SECRET needs REALTIME_AUTH_MODE=proxy",
    ]);
  });
});
