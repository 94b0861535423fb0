import { describe, expect, it } from "vitest";
import { reasonOf, Unanswered } from "../../../../functions/auth/reason.ts";
import { authFunction, bearer } from "../../../support/auth-function.ts";

const named = (name: string) => Object.assign(new Error("s3cr3t words"), { name });

describe("why a neighbour gave no answer", () => {
  it.each([
    [new Unanswered("status 404"), "status 404"],
    [
      new TypeError("fetch failed", { cause: Object.assign(new Error("s3cr3t"), { code: "ECONNREFUSED" }) }),
      "ECONNREFUSED",
    ],
    [
      new TypeError("fetch failed", { cause: Object.assign(new Error("s3cr3t"), { code: "UND_ERR_SOCKET" }) }),
      "UND_ERR_SOCKET",
    ],
    [named("TimeoutError"), "timeout"],
    [named("JWKSTimeout"), "timeout"],
    [Object.assign(new Error("s3cr3t"), { code: "s3cr3t words" }), "Error"],
    ["s3cr3t", "unknown"],
  ])("is told in our own words: %s", (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});

const environment = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_JWKS_URL: "https://id.example/jwks",
  REALTIME_JWT_ISSUER: "issuer",
  REALTIME_JWT_AUDIENCE: "audience",
};
const HEADER = Buffer.from(JSON.stringify({ alg: "ES256", kid: "k" })).toString("base64url");
const token = bearer(`${HEADER}.e30.c2ln`);

describe("an issuer that cannot be had", () => {
  it.each([
    ["answers HTML", () => new Response("<html>s3cr3t</html>"), "not a JWKS"],
    ["answers 404", () => new Response("s3cr3t", { status: 404 }), "status 404"],
    ["answers without end", () => new Response("x".repeat(300_000)), "longer than 262144 bytes"],
  ])("is told of in the log, and not to who asked: it %s", async (_, answer, reason) => {
    const { subscribe, records } = authFunction(environment, { fetch: async () => answer() });
    const { status, body } = await subscribe("1.1", "private-global", token);
    expect({ status, code: body.code }).toEqual({ status: 503, code: "jwks_unavailable" });
    expect(records).toEqual([
      expect.objectContaining({ message: "auth_unavailable", code: "jwks_unavailable", status: 503, reason, count: 1 }),
    ]);
    expect(JSON.stringify([body, records])).not.toMatch(/s3cr3t|id\.example/);
    expect(JSON.stringify(body)).not.toContain(reason);
  });

  it("is not one that answers a key that is none beside its others", async () => {
    const fetch = async () => Response.json({ keys: [null, 5, "key", { kty: "EC", kid: "other" }] });
    expect((await authFunction(environment, { fetch }).subscribe("1.1", "private-global", token)).status).toBe(401);
  });
});

describe("public channels", () => {
  it.each([
    ["0", 1],
    ["1", 0],
  ])("are warned of where users are known: PUSHER_USE_PRIVATE_CHANNELS=%s", (value, count) => {
    const { records } = authFunction({ ...environment, PUSHER_USE_PRIVATE_CHANNELS: value });
    expect(records.filter(({ message }) => message === "public_channels")).toHaveLength(count);
  });
});
