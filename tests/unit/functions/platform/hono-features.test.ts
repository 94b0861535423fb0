import { afterEach, describe, expect, it } from "vitest";
import { FETCH_CLASSES, type FetchClassesName, setFetchClasses } from "../../../support/fetch-classes.ts";
import type { HonoFeature } from "../../../support/hono-features/feature.ts";
import { MIDDLEWARE_FEATURES } from "../../../support/hono-features/middleware.ts";
import { REQUEST_FEATURES } from "../../../support/hono-features/requests.ts";
import { RESPONSE_FEATURES } from "../../../support/hono-features/responses.ts";

afterEach(() => setFetchClasses("node"));

async function answerOf(name: FetchClassesName, { app, request = ["/"] }: HonoFeature) {
  const [path, init] = request;
  setFetchClasses(name);
  const response = await app()
    .onError(answerError)
    .fetch(new Request(`https://app.example${path}`, init?.()));
  const { status, statusText, ok, headers, type, redirected, url } = response;
  const bytes = [...new Uint8Array(await response.arrayBuffer())];
  return { status, statusText, ok, type, redirected, url, headers: [...headers].map(withoutBoundary), bytes };
}

const answerError = (error: Error & { getResponse?: () => Response }): Response =>
  error.getResponse?.() ?? new Response(`${error.name}: ${error.message}`, { status: 500 });

/** The boundary of a multipart body is random. */
const withoutBoundary = ([name, value]: [string, string]) => [name, value.replace(/boundary=.+/, "boundary=…")];

describe("with our Fetch classes, Hono gives the same answer as with Node's", () => {
  it.each([...RESPONSE_FEATURES, ...REQUEST_FEATURES, ...MIDDLEWARE_FEATURES])("$name", async (feature) => {
    const expected = await answerOf("node", feature);
    expect(expected.status).toBe(feature.status ?? 200);
    expect(await answerOf("light", feature)).toEqual(expected);
  });

  it("covers features whose classes are really ours", () => {
    setFetchClasses("light");
    expect(Response).toBe(FETCH_CLASSES.light.Response);
    expect(new Request("https://app.example/")).toBeInstanceOf(FETCH_CLASSES.node.Request);
  });
});
