import { createPublicKey } from "node:crypto";
import type { Environment } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { convertiblePems, ecPem, ed25519Pem, rsaPem, unusablePems } from "../../../support/pem.ts";
import { faults, jwtEnvironment, read } from "../../../support/settings.ts";

const { REALTIME_JWT_SECRET: SECRET, ...withoutKey } = jwtEnvironment;
const JWKS = "https://issuer.example/jwks.json";
const withKey = (pem: string) => ({ ...withoutKey, REALTIME_JWT_PUBLIC_KEY: pem });

describe("the keys of jwt", () => {
  it("come from a JWKS", () => {
    expect(read({ ...withoutKey, REALTIME_JWT_JWKS_URL: JWKS }).auth).toMatchObject({
      keys: { source: "jwks", url: new URL(JWKS) },
    });
  });

  it("come from a public key, with line ends that may be written \\n", () => {
    const pem = ecPem("P-256");
    const key = createPublicKey(pem);
    for (const text of [pem, pem.trimEnd(), pem.replaceAll("\n", "\\n"), pem.replaceAll("\n", "\r\n")])
      expect(read(withKey(text)).auth).toMatchObject({ keys: { source: "public", key } });
  });

  it.each(Object.entries(unusablePems()))("do not come from %s", (_what, pem) => {
    expect(faults(withKey(pem))).toEqual([expect.stringMatching(/^REALTIME_JWT_PUBLIC_KEY must be an SPKI PEM/)]);
  });

  it("come from a JWKS or a public key with a secret beside it, while the issuer changes its algorithm", () => {
    const pem = ecPem("P-256");
    const secret = Buffer.from(SECRET);
    expect(read({ ...withoutKey, REALTIME_JWT_JWKS_URL: JWKS, REALTIME_JWT_SECRET: SECRET }).auth).toMatchObject({
      keys: { source: "jwks", secret },
      algorithms: ["RS256", "PS256", "ES256", "EdDSA", "Ed25519", "HS256"],
    });
    expect(read({ ...withKey(pem), REALTIME_JWT_SECRET: SECRET }).auth).toMatchObject({
      keys: { source: "public", key: createPublicKey(pem), secret },
      algorithms: ["ES256", "HS256"],
    });
    const chosen = { REALTIME_JWT_SECRET: SECRET, REALTIME_JWT_ALGORITHMS: "HS512,ES256" };
    expect(read({ ...withKey(pem), ...chosen }).auth).toMatchObject({ algorithms: ["HS512", "ES256"] });
    expect(faults({ ...withKey(pem), ...chosen, REALTIME_JWT_ALGORITHMS: "HS256,RS256" })).toHaveLength(1);
  });

  it.each(Object.entries(convertiblePems()))(
    "do not come from %s, and the fault names the command that converts it",
    (_what, [text, command]) => {
      const [fault = "", ...more] = faults(withKey(text));
      expect([fault.endsWith(`Convert it: ${command}`), more]).toEqual([true, []]);
      for (const part of text.match(/[A-Za-z0-9+/]{20,}/g) ?? []) expect(fault).not.toContain(part);
    },
  );

  it.each<[string, Environment]>([
    ["none", {}],
    ["two", { REALTIME_JWT_JWKS_URL: JWKS, REALTIME_JWT_PUBLIC_KEY: ecPem("P-256") }],
    [
      "two and a secret",
      { REALTIME_JWT_JWKS_URL: JWKS, REALTIME_JWT_PUBLIC_KEY: ecPem("P-256"), REALTIME_JWT_SECRET: SECRET },
    ],
  ])("must have one source, not %s", (_count, sources) => {
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
  ] as const)("of a %s are by default %j", (name, expected) => {
    expect(algorithms(name)).toMatchObject({ algorithms: expected });
  });

  it.each([
    ["secret", "HS512,HS384"],
    ["jwks", "ES512,RS512"],
    ["rsa", "PS512"],
    ["ed25519", "EdDSA"],
  ] as const)("of a %s may be %s", (name, allowed) => {
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
  ] as const)("of a %s are never %s: no key works with the algorithms of another kind", (name, allowed) => {
    expect(faults({ ...source[name], REALTIME_JWT_ALGORITHMS: allowed })).toEqual([
      expect.stringMatching(/^REALTIME_JWT_ALGORITHMS holds \w+, not for this kind of key$/),
    ]);
  });

  it.each(["secret", "jwks", "rsa"] as const)("of a %s never include none", (name) => {
    for (const none of ["none", "None", "HS256,none"])
      expect(faults({ ...source[name], REALTIME_JWT_ALGORITHMS: none })).toContainEqual(
        expect.stringMatching(/^REALTIME_JWT_ALGORITHMS must be/),
      );
  });
});
