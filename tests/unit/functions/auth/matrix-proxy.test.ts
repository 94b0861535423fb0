import { describe, expect, it } from "vitest";
import { type AuthFunction, authFunction, bearer, outcomeOf } from "../../../support/auth-function.ts";
import { assertionOf, BAD_ASSERTIONS, CHANNEL_CLAIMS, SOCKET } from "../../../support/matrix-assertions.ts";
import {
  CHANNEL_NAMES,
  formEnvironment,
  type Outcomes,
  outcomes,
  PUBLISHED_FORMS,
  SUBJECTS,
} from "../../../support/matrix-channels.ts";
import { NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { PROXY_SECRET } from "../../../support/tokens.ts";

const env = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET };
const now = (): number => NOW_SECONDS * 1000;
const proxied = (more: Readonly<Record<string, string>> = {}): AuthFunction =>
  authFunction({ ...env, ...more }, { now });
const asserting = (assertion: string) => ({ "x-realtime-assertion": assertion });

describe.each(PUBLISHED_FORMS)("proxy mode, publishing to %s channels", (form) => {
  const asked = proxied(formEnvironment(form));

  /** A name of the gateway outside the assertion is a mismatch. Other names are never allowed. */
  function expected(opens: readonly string[]): Outcomes {
    const given = outcomes(SUBJECTS, form);
    return Object.fromEntries(
      CHANNEL_NAMES.map((name) => {
        const open = given[name] === "signed";
        return [name, open && !opens.includes(name) ? "403 assertion_mismatch" : (given[name] ?? "")];
      }),
    );
  }

  it.each(CHANNEL_CLAIMS)("an assertion for %j opens %j", async (channel, opens) => {
    const answers = await asked.subscribeEach(SOCKET, CHANNEL_NAMES, asserting(assertionOf({ channel })));
    const found = answers.map((answer, index) => [CHANNEL_NAMES[index], outcomeOf(answer)]);
    expect(Object.fromEntries(found)).toEqual(expected(opens));
  });

  it("an assertion for all names opens the gateway's channels only", async () => {
    const headers = asserting(assertionOf({ channel: CHANNEL_NAMES }));
    for (const name of CHANNEL_NAMES)
      expect([name, outcomeOf(await asked.subscribe(SOCKET, name, headers))]).toEqual([
        name,
        expected(CHANNEL_NAMES)[name],
      ]);
  });
});

describe("a bad assertion", () => {
  it.each(BAD_ASSERTIONS)("is 401 invalid_token: $name", async ({ assertion = "" }) => {
    const asked = proxied();
    for (const name of CHANNEL_NAMES)
      expect(outcomeOf(await asked.subscribe(SOCKET, name, asserting(assertion)))).toBe("401 invalid_token");
    const signIn = await asked.post("/user-auth", { socket_id: SOCKET }, asserting(assertion));
    expect(outcomeOf(signIn)).toBe("401 invalid_token");
  });

  it("is 401 missing_credentials if it is absent or in another header", async () => {
    const assertion = assertionOf({ channel: "private-audit-1" });
    for (const headers of [{}, asserting(""), bearer(assertion), { cookie: `x-realtime-assertion=${assertion}` }])
      for (const path of ["/auth", "/user-auth"] as const) {
        const answer = await proxied().post(path, { socket_id: SOCKET, channel_name: "private-audit-1" }, headers);
        expect(outcomeOf(answer)).toBe("401 missing_credentials");
        expect(answer.headers["www-authenticate"]).toEqual(expect.any(String));
      }
  });
});

describe("an assertion within the limits", () => {
  it.each([
    ["60 seconds long", { iat: NOW_SECONDS, exp: NOW_SECONDS + 60 }],
    ["in its last second", { iat: NOW_SECONDS - 59, exp: NOW_SECONDS + 1 }],
    ["from 30 seconds ahead", { iat: NOW_SECONDS + 30, exp: NOW_SECONDS + 90 }],
    ["with the server's other claims", { iss: "https://app.example", aud: "x", jti: "1", channels: ["*"] }],
  ])("is accepted: %s", async (_, claims) => {
    const headers = asserting(assertionOf({ channel: "private-audit-1", ...claims }));
    expect(outcomeOf(await proxied().subscribe(SOCKET, "private-audit-1", headers))).toBe("signed");
  });

  it.each(["1234.1235", "1.1", "1234.12340", "01234.1234", "234.1234"])(
    "is not accepted for the socket %s",
    async (socket) => {
      const headers = asserting(assertionOf({ channel: "private-audit-1" }));
      expect(outcomeOf(await proxied().subscribe(socket, "private-audit-1", headers))).toBe("403 assertion_mismatch");
      const answer = await proxied().post("/user-auth", { socket_id: socket }, asserting(assertionOf({})));
      expect(outcomeOf(answer)).toBe("403 assertion_mismatch");
    },
  );
});

describe("POST /user-auth with an assertion", () => {
  it("signs in the user of the assertion", async () => {
    const headers = asserting(assertionOf({ user_info: { name: "Zoé" } }));
    const { status, body } = await proxied().post("/user-auth", { socket_id: SOCKET }, headers);
    expect([status, JSON.parse(String(body.user_data))]).toEqual([200, { id: "user-1", user_info: { name: "Zoé" } }]);
  });

  it.each(["private-audit-1", [], ["private-audit-1"], "", null, false, 0, {}])(
    "denies an assertion with a channel: %j",
    async (channel) => {
      const headers = asserting(assertionOf({ channel }));
      const answer = await proxied().post("/user-auth", { socket_id: SOCKET }, headers);
      expect(outcomeOf(answer)).toBe("403 assertion_mismatch");
    },
  );
});
