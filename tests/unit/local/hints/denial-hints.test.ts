import { describe, expect, it } from "vitest";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { denialHints } from "../../../../packages/local/src/hints/denial-hints.ts";
import { accessSettings } from "../../../../packages/settings/src/auth.ts";
import { readConfig } from "../../../../packages/settings/src/read-config.ts";
import { apiEvent } from "../../../support/api-event.ts";
import { authFunction } from "../../../support/auth-function.ts";
import { jwtEnvironment } from "../../../support/key-sources.ts";
import { goodClaims, NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { hmac, JWT_SECRET, makeToken, PROXY_SECRET } from "../../../support/tokens.ts";

const JWT = { ...jwtEnvironment, REALTIME_JWT_SECRET: JWT_SECRET };
const now = (): number => NOW_SECONDS * 1000;

/** Asks the real auth function, and returns the details of the hints about its answer. */
async function hintsAbout(
  channel_name: string | readonly string[],
  headers: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = JWT,
) {
  const body = JSON.stringify({ socket_id: "1.2", channel_name });
  const event = apiEvent({
    method: "POST",
    path: `${BASE_PATH}/auth`,
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const { status, body: answer } = await authFunction(env, { now }).invoke(event);
  const result = { statusCode: status, body: JSON.stringify(answer) };
  const hints = await denialHints(event, result, readConfig(accessSettings, env), { fetch: globalThis.fetch, now });
  return hints.map(({ code, detail }) => `${code}: ${detail}`);
}

const bearer = (claims: object, secret = JWT_SECRET) => ({
  authorization: `Bearer ${makeToken(hmac(secret), { ...goodClaims, ...claims })}`,
});

describe("a denied subscription", () => {
  it("is explained with channel, user and grants", async () => {
    const claims = { realtime: { channels: ["audit-7", "fiche-*", "nonsense-"] } };
    expect(await hintsAbout("private-audit-42", bearer(claims))).toEqual([
      "subscription_denied: private-audit-42 is denied (not_granted): No grant of the token covers the channel. " +
        "The user is user-1, with grants for audit-7, fiche-* (1 more grant nothing).",
    ]);
  });

  it("is explained for a token without grants", async () => {
    const [text] = await hintsAbout("private-audit-42", bearer({}));
    expect(text).toContain("(token_without_grants)");
    expect(text).toContain("The user is user-1. The token has no claim with grants (REALTIME_JWT_GRANTS_CLAIM).");
  });

  it.each([
    ["audience", { aud: "another" }, "aud=another", "Compare REALTIME_JWT_AUDIENCE, REALTIME_JWT_CLIENT_ID."],
    ["issuer", { iss: "https://other.example" }, "iss=https://other.example", "Compare REALTIME_JWT_ISSUER."],
    ["expired", { exp: NOW_SECONDS - 3600 }, `exp=${NOW_SECONDS - 3600}`, "sub=user-1"],
  ])("is explained with the claim that failed: %s", async (check, claims, shown, compare) => {
    const [text] = await hintsAbout("private-audit-42", bearer(claims));
    expect(text).toContain(`private-audit-42 is denied (invalid_token)`);
    expect(text).toContain(`The check ${check} failed. The token, unverified, has sub=user-1`);
    expect(text).toContain(shown);
    expect(text).toContain(compare);
  });

  it("is explained without a token", async () => {
    expect(await hintsAbout("private-audit-42", {})).toEqual([
      "subscription_denied: private-audit-42 is denied (missing_credentials): Send Authorization: Bearer with a token.",
    ]);
  });

  it("is explained in mode open too, where only names are denied", async () => {
    const [text] = await hintsAbout("private-audits-42", {}, {});
    expect(text).toContain("private-audits-42 is denied (channel_not_allowed)");
  });

  it("is explained in mode proxy", async () => {
    const env = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET };
    const times = { iat: NOW_SECONDS, exp: NOW_SECONDS + 60 };
    const claims = { sub: "user-1", socket_id: "1.2", channel: "private-audit-7", ...times };
    const headers = { "x-realtime-assertion": makeToken(hmac(PROXY_SECRET), claims) };
    expect(await hintsAbout("private-audit-42", headers, env)).toEqual([
      "subscription_denied: private-audit-42 is denied (assertion_mismatch): The assertion is for other channels. The user is user-1.",
    ]);
  });

  it("is explained for each denied channel of a batch", async () => {
    const hints = await hintsAbout(
      ["private-audit-7", "private-audit-8", "private-global"],
      bearer({ realtime: { channels: ["audit-7"] } }),
    );
    expect(hints).toEqual([expect.stringContaining("private-audit-8 is denied (not_granted)")]);
  });

  it("never shows the token or the secret", async () => {
    const headers = bearer({}, "another-s3cr3t-another-s3cr3t-12");
    const text = (await hintsAbout("private-audit-42", headers)).join();
    expect(text).not.toContain(headers.authorization.slice(7));
    expect(text).not.toContain("s3cr3t");
  });
});

it("an allowed subscription has no hint", async () => {
  expect(await hintsAbout("private-audit-42", bearer({ realtime: { channels: ["*"] } }))).toEqual([]);
});

it.each([
  undefined,
  null,
  "text",
  { statusCode: 403 },
  { statusCode: 200, body: "{" },
  { statusCode: 503, body: "{}" },
])("an answer of another form never fails: %j", async (result) => {
  const event = apiEvent({ method: "POST", path: "/auth", body: "{" });
  const deps = { fetch: globalThis.fetch, now };
  await expect(denialHints(event, result, readConfig(accessSettings, JWT), deps)).resolves.toEqual([]);
});
