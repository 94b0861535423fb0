import { describe, expect, it } from "vitest";
import { authFunction, bearer } from "../../../../support/auth-function.ts";

const environment = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_JWKS_URL: "https://id.example/jwks",
  REALTIME_JWT_ISSUER: "issuer",
  REALTIME_JWT_AUDIENCE: "audience",
};
const HEADER = Buffer.from(JSON.stringify({ alg: "ES256", kid: "k" })).toString("base64url");
const token = bearer(`${HEADER}.e30.c2ln`);

describe("a JWKS that is not available", () => {
  it.each([
    ["HTML", () => new Response("<html>s3cr3t</html>"), "not a JWKS"],
    ["a 404", () => new Response("s3cr3t", { status: 404 }), "status 404"],
    ["too many bytes", () => new Response("x".repeat(300_000)), "longer than 262144 bytes"],
  ])("is a 503, and only the log explains it, if the issuer answers %s", async (_, answer, reason) => {
    const { subscribe, records } = authFunction(environment, { fetch: async () => answer() });
    const { status, body } = await subscribe("1.1", "private-global", token);
    expect({ status, code: body.code }).toEqual({ status: 503, code: "jwks_unavailable" });
    expect(records).toEqual([
      expect.objectContaining({ message: "auth_unavailable", code: "jwks_unavailable", status: 503, reason, count: 1 }),
    ]);
    expect(JSON.stringify([body, records])).not.toMatch(/s3cr3t|id\.example/);
    expect(JSON.stringify(body)).not.toContain(reason);
  });
});

it("a JWKS with malformed keys beside a good one is available", async () => {
  const fetch = async () => Response.json({ keys: [null, 5, "key", { kty: "EC", kid: "other" }] });
  expect((await authFunction(environment, { fetch }).subscribe("1.1", "private-global", token)).status).toBe(401);
});
