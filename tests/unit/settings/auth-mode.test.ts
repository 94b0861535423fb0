import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ecPem, ed25519Pem, rsaPem, unusablePems } from "../../support/pem.ts";
import { type Environment, faults, jwtEnvironment, proxyEnvironment, read } from "../../support/settings.ts";

const { REALTIME_JWT_SECRET: SECRET, ...withoutKey } = jwtEnvironment;
const JWKS = "https://issuer.example/jwks.json";
const withKey = (pem: string) => ({ ...withoutKey, REALTIME_JWT_PUBLIC_KEY: pem });
const ownership = { REALTIME_OWNERSHIP_URL: "https://platform.example/owns", REALTIME_OWNERSHIP_SECRET: "s3cr3t" };

describe("the modes", () => {
  it("is open where nothing is said", () => {
    expect(read().auth).toEqual({ mode: "open" });
    expect(read({ REALTIME_AUTH_MODE: "open" }).auth).toEqual({ mode: "open" });
  });

  it("jwt knows the key, the issuer and the audience of every token", () => {
    expect(read(jwtEnvironment).auth).toEqual({
      mode: "jwt",
      keys: { source: "secret", secret: Buffer.from(SECRET) },
      algorithms: ["HS256"],
      issuer: "https://issuer.example",
      audience: ["realtime"],
      ownership: undefined,
      userInfoClaims: [],
    });
  });

  it("proxy knows the secret of the trusted server", () => {
    expect(read({ ...proxyEnvironment, REALTIME_USER_INFO_CLAIMS: "name, picture" }).auth).toEqual({
      mode: "proxy",
      secret: Buffer.from(SECRET),
      userInfoClaims: ["name", "picture"],
    });
  });
});

describe("the keys of jwt", () => {
  it("come from a JWKS", () => {
    expect(read({ ...withoutKey, REALTIME_JWT_JWKS_URL: JWKS }).auth).toMatchObject({
      keys: { source: "jwks", url: new URL(JWKS) },
    });
  });

  it("come from a public key, whose line ends may be written \\n", () => {
    const pem = ecPem("P-256");
    const key = createPublicKey(pem);
    for (const text of [pem, pem.trimEnd(), pem.replaceAll("\n", "\\n"), pem.replaceAll("\n", "\r\n")])
      expect(read(withKey(text)).auth).toMatchObject({ keys: { source: "public", key } });
  });

  it.each(Object.entries(unusablePems()))("are not %s", (_what, pem) => {
    expect(faults(withKey(pem))).toEqual([expect.stringMatching(/^REALTIME_JWT_PUBLIC_KEY must be an SPKI PEM/)]);
  });

  it.each<[string, Environment]>([
    ["none", {}],
    ["two", { REALTIME_JWT_JWKS_URL: JWKS, REALTIME_JWT_SECRET: SECRET }],
    ["two", { REALTIME_JWT_PUBLIC_KEY: ecPem("P-256"), REALTIME_JWT_SECRET: SECRET }],
    ["three", { REALTIME_JWT_JWKS_URL: JWKS, REALTIME_JWT_PUBLIC_KEY: ecPem("P-256"), REALTIME_JWT_SECRET: SECRET }],
  ])("have exactly one source, not %s", (_count, sources) => {
    expect(faults({ ...withoutKey, ...sources })).toEqual([
      expect.stringMatching(/^REALTIME_AUTH_MODE=jwt needs exactly one of REALTIME_JWT_JWKS_URL/),
    ]);
  });
});

describe("the algorithms of jwt", () => {
  const source = {
    secret: jwtEnvironment,
    jwks: { ...withoutKey, REALTIME_JWT_JWKS_URL: JWKS },
    rsa: withKey(rsaPem(2048)),
    p256: withKey(ecPem("P-256")),
    p384: withKey(ecPem("P-384")),
    p521: withKey(ecPem("P-521")),
    ed25519: withKey(ed25519Pem()),
  } as const;
  const algorithms = (name: keyof typeof source, allowed?: string) =>
    read({ ...source[name], REALTIME_JWT_ALGORITHMS: allowed }).auth;

  it.each([
    ["secret", ["HS256"]],
    ["jwks", ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]],
    ["rsa", ["RS256", "PS256"]],
    ["p256", ["ES256"]],
    ["p384", ["ES384"]],
    ["p521", ["ES512"]],
    ["ed25519", ["EdDSA", "Ed25519"]],
  ] as const)("of %s are by default %j", (name, expected) => {
    expect(algorithms(name)).toMatchObject({ algorithms: expected });
  });

  it.each([
    ["secret", "HS512,HS384"],
    ["jwks", "ES512,RS512"],
    ["rsa", "PS512"],
    ["ed25519", "EdDSA"],
  ] as const)("of %s may be %s", (name, allowed) => {
    expect(algorithms(name, allowed)).toMatchObject({ algorithms: allowed.split(",") });
  });

  it.each([
    ["rsa", "HS256"],
    ["p256", "HS256"],
    ["ed25519", "HS256"],
    ["jwks", "HS256"],
    ["secret", "RS256"],
    ["secret", "HS256,ES256"],
    ["rsa", "ES256"],
    ["p256", "ES384"],
    ["p384", "ES256"],
    ["ed25519", "ES256"],
  ] as const)("of %s are never %s: a key of one kind is no key of another", (name, allowed) => {
    expect(faults({ ...source[name], REALTIME_JWT_ALGORITHMS: allowed })).toEqual([
      expect.stringMatching(/^REALTIME_JWT_ALGORITHMS holds \w+, not for this kind of key$/),
    ]);
  });

  it.each(["secret", "jwks", "rsa"] as const)("of %s never include none", (name) => {
    for (const none of ["none", "None", "HS256,none"])
      expect(faults({ ...source[name], REALTIME_JWT_ALGORITHMS: none })).toContainEqual(
        expect.stringMatching(/^REALTIME_JWT_ALGORITHMS must be/),
      );
  });
});

describe("what jwt and proxy cannot do without", () => {
  it.each(["REALTIME_JWT_ISSUER", "REALTIME_JWT_AUDIENCE"])("jwt needs %s", (name) => {
    expect(faults({ ...jwtEnvironment, [name]: undefined })).toEqual([`${name} is missing`]);
  });

  it("jwt alone lacks its key, issuer and audience, named at once", () => {
    expect(faults({ REALTIME_AUTH_MODE: "jwt" })).toHaveLength(3);
  });

  it("proxy needs its secret", () => {
    expect(faults({ REALTIME_AUTH_MODE: "proxy" })).toEqual(["REALTIME_PROXY_SECRET is missing"]);
  });
});

describe("ownership", () => {
  it("is asked with its URL and secret, and its answers are believed for ten seconds", () => {
    expect(read({ ...jwtEnvironment, ...ownership }).auth).toMatchObject({
      ownership: { url: new URL("https://platform.example/owns"), secret: "s3cr3t", cacheMs: 10_000 },
    });
  });

  it("may be asked every time", () => {
    const env = { ...jwtEnvironment, ...ownership, REALTIME_OWNERSHIP_CACHE_SECONDS: "0" };
    expect(read(env).auth).toMatchObject({ ownership: { cacheMs: 0 } });
  });

  it.each([
    ["REALTIME_OWNERSHIP_URL", "REALTIME_OWNERSHIP_SECRET"],
    ["REALTIME_OWNERSHIP_SECRET", "REALTIME_OWNERSHIP_URL"],
  ])("with %s needs %s too", (given, lacking) => {
    expect(faults({ ...jwtEnvironment, ...ownership, [lacking]: undefined })).toEqual([`${lacking} is missing`]);
    expect(faults({ ...jwtEnvironment, [given]: Object(ownership)[given] })).toEqual([`${lacking} is missing`]);
  });

  it("that is never asked has no answers to keep", () => {
    expect(faults({ ...jwtEnvironment, REALTIME_OWNERSHIP_CACHE_SECONDS: "5" })).toEqual([
      "REALTIME_OWNERSHIP_URL is missing",
    ]);
  });
});

describe("a setting of another mode is a protection that is not there", () => {
  const ofJwt: Environment = {
    REALTIME_JWT_JWKS_URL: JWKS,
    REALTIME_JWT_PUBLIC_KEY: ecPem("P-256"),
    REALTIME_JWT_SECRET: SECRET,
    REALTIME_JWT_ALGORITHMS: "HS256",
    REALTIME_JWT_ISSUER: "us",
    REALTIME_JWT_AUDIENCE: "them",
    ...ownership,
    REALTIME_OWNERSHIP_CACHE_SECONDS: "5",
  };

  it.each(Object.entries(ofJwt))("%s is refused in open and proxy", (name, value) => {
    const fault = `${name} needs REALTIME_AUTH_MODE=jwt`;
    expect(faults({ [name]: value })).toEqual([fault]);
    expect(faults({ ...proxyEnvironment, [name]: value })).toEqual([fault]);
  });

  it("REALTIME_PROXY_SECRET is refused in open and jwt", () => {
    const fault = "REALTIME_PROXY_SECRET needs REALTIME_AUTH_MODE=proxy";
    expect(faults({ REALTIME_PROXY_SECRET: SECRET })).toEqual([fault]);
    expect(faults({ ...jwtEnvironment, REALTIME_PROXY_SECRET: SECRET })).toEqual([fault]);
  });

  it("REALTIME_USER_INFO_CLAIMS is refused where there are no users", () => {
    expect(faults({ REALTIME_USER_INFO_CLAIMS: "name" })).toEqual([
      "REALTIME_USER_INFO_CLAIMS needs REALTIME_AUTH_MODE=jwt or proxy",
    ]);
  });

  it("is not held against a mode that is none: that is the fault", () => {
    expect(faults({ ...ofJwt, REALTIME_AUTH_MODE: "jwks" })).toEqual([
      expect.stringMatching(/^REALTIME_AUTH_MODE must be/),
    ]);
  });
});
