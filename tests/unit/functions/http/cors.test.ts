import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHttpApp } from "../../../../functions/http/app.ts";
import { Problem } from "../../../../functions/http/problem.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const appWith = (handle: () => Response, allowedOrigins: readonly string[]) =>
  createHttpApp([{ method: "POST", path: "/thing", handle }], {
    config: { basePath: BASE_PATH, allowedOrigins },
    log: recordedLog().log,
  });

const fine = () => Response.json({ fine: true });
const deny = () => {
  throw new Problem(403, "channel_not_allowed", "Not this one");
};
const fail = () => {
  throw new TypeError("s3cr3t");
};

describe("CORS", () => {
  const ORIGIN = "https://app.example";
  const from = async (allowedOrigins: readonly string[], init: RequestInit, handle = fine) =>
    await appWith(handle, allowedOrigins).request(`${BASE_PATH}/thing`, init);
  const preflight = { method: "OPTIONS", headers: { origin: ORIGIN, "access-control-request-method": "POST" } };
  const call = { method: "POST", headers: { origin: ORIGIN } };

  it("lets a page of an allowed origin read answers", async () => {
    const { headers } = await from(["https://other.example", ORIGIN], call);
    expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
  });

  it.each([
    ["a denial", deny, "/thing", "POST", 403],
    ["an error", fail, "/thing", "POST", 500],
    ["a method that is not allowed", fine, "/thing", "PUT", 405],
    ["a route that is not there", fine, "/other", "POST", 404],
  ])("lets a page of an allowed origin read problems: %s", async (_what, handle, path, method, expected) => {
    const { status, headers } = await appWith(handle, [ORIGIN]).request(BASE_PATH + path, { ...call, method });
    expect([status, headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([
      expected,
      ORIGIN,
      "Origin",
    ]);
  });

  it("allows the header that carries a token", async () => {
    const { status, headers } = await from([ORIGIN], preflight);
    expect([status, headers.get("access-control-allow-headers")]).toEqual([204, "authorization,content-type"]);
  });

  it.each([
    "traceparent,tracestate,baggage,sentry-trace",
    "authorization, content-type, x-csrf-token, x-requested-with",
    "x-realtime-assertion",
    "a!#$%&'*+.^_`|~-9",
  ])("allows whatever headers the page asks for: %s", async (asked) => {
    const headers = { ...preflight.headers, "access-control-request-headers": asked };
    const answer = await from([ORIGIN], { ...preflight, headers });
    expect([answer.status, answer.headers.get("access-control-allow-headers")]).toEqual([204, asked]);
    expect(answer.headers.get("vary")).toContain("Access-Control-Request-Headers");
  });

  it.each(["", ",", "a,", "a b", "a;b", "a:b", "é", `"a"`, "x".repeat(2_049), "a,".repeat(2_000)])(
    "names the usual headers if the page asks for something that is no list of names: %.20j",
    async (asked) => {
      const headers = { ...preflight.headers, "access-control-request-headers": asked };
      const answer = await from([ORIGIN], { ...preflight, headers });
      expect(answer.headers.get("access-control-allow-headers")).toBe("authorization,content-type");
    },
  );

  it.each(["capacitor://localhost", "ionic://localhost", "tauri://localhost", "chrome-extension://abcdefghijklmnop"])(
    "lets an app with a scheme of its own read answers: %s",
    async (origin) => {
      for (const request of [call, preflight]) {
        const { headers } = await from([ORIGIN, origin], { ...request, headers: { ...request.headers, origin } });
        expect(headers.get("access-control-allow-origin")).toBe(origin);
      }
    },
  );

  it.each(["https://app-git-main-team.vercel.app", "https://app-1.vercel.app"])(
    "lets every preview deployment of a pattern read answers: %s",
    async (origin) => {
      for (const request of [call, preflight]) {
        const { headers } = await from(["https://app-*.vercel.app"], {
          ...request,
          headers: { ...request.headers, origin },
        });
        expect([headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([
          origin,
          expect.stringMatching(/^Origin/),
        ]);
      }
    },
  );

  it.each([
    "https://app-.vercel.app",
    "https://app.vercel.app",
    "https://app-x.evil.vercel.app",
    "https://app-x.vercel.app.evil.example",
    "https://evil.example/app-x.vercel.app",
    "https://app-x.evil.example#.vercel.app",
    "https://app-x:8443.vercel.app",
    "https://app-X.vercel.app",
    "http://app-x.vercel.app",
    "https://app-.app",
    "https://app-*.vercel.app.",
    "*",
  ])("lets no other origin than those of a pattern read answers: %s", async (origin) => {
    const { headers } = await from(["https://app-*.vercel.app"], { ...call, headers: { origin } });
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });

  it("lets exactly the origins of a pattern read answers, for every origin", async () => {
    const app = appWith(fine, ["https://app-*.vercel.app"]);
    const part = fc.constantFrom(
      "https://",
      "app-",
      "x",
      "1",
      ".",
      "vercel",
      ".vercel.app",
      "*",
      ":",
      "/",
      "#",
      "-",
      "X",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 7 }), async (parts) => {
        const origin = parts.join("");
        const { headers } = await app.request(`${BASE_PATH}/thing`, { ...call, headers: { origin } });
        const expected = /^https:\/\/app-[a-z0-9_-]+\.vercel\.app$/.test(origin) ? origin : null;
        expect(headers.get("access-control-allow-origin")).toBe(expected);
      }),
      { numRuns: 1_000, examples: [[["https://", "app-", "x", ".vercel.app"]]] },
    );
  });

  it("lets the browser remember a preflight for two hours, and no shared cache", async () => {
    const { headers } = await from([ORIGIN], preflight);
    expect([headers.get("access-control-max-age"), headers.get("cache-control")]).toEqual(["7200", "no-store"]);
    expect(headers.get("access-control-allow-methods")).toBe("GET,POST");
  });

  it("allows every origin with *", async () => {
    for (const request of [call, preflight])
      expect((await from(["*"], request)).headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each([["*"], [ORIGIN]])("never allows cookies, also with %s", async (allowed) => {
    for (const request of [call, preflight])
      expect((await from([allowed], request)).headers.has("access-control-allow-credentials")).toBe(false);
  });

  it.each([[[]], [["https://other.example"]]])("lets a page of another origin read nothing: %j", async (allowed) => {
    for (const request of [call, preflight]) {
      const { headers } = await from(allowed, request);
      expect(headers.has("access-control-allow-origin")).toBe(false);
    }
  });

  it.each([
    "null",
    "",
    "https://app.example.evil.example",
    "https://evil-app.example",
    "http://app.example",
    "https://app.example:8443",
    "https://APP.example",
    "https://app.example/",
    "https://app.example, https://other.example",
  ])("does not allow an origin that only resembles an allowed one: %j", async (origin) => {
    for (const request of [call, preflight]) {
      const { headers } = await from([ORIGIN], { ...request, headers: { ...request.headers, origin } });
      expect(headers.has("access-control-allow-origin")).toBe(false);
    }
  });

  it("varies by origin, so that no cache serves one origin another's answer", async () => {
    const others = { headers: { origin: "https://other.example" } };
    for (const request of [call, preflight, { ...call, ...others }, { ...preflight, ...others }])
      expect((await from([ORIGIN], request)).headers.get("vary")).toMatch(/^Origin\b/);
  });
});
