import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HttpRequest, httpApiEvent } from "../../../../packages/local/src/http-api/event.ts";

const ROUTE = "/api/realtime/pusher/auth";

function eventOf(request: Partial<HttpRequest>) {
  return httpApiEvent({
    method: "POST",
    target: ROUTE,
    rawHeaders: [],
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
    port: 3000,
    requestId: "r-1",
    receivedAtMs: Date.UTC(2020, 2, 12, 19, 3, 58, 123),
    routePath: ROUTE,
    ...request,
  });
}

function bodyOf(contentType: string | undefined, body: Buffer) {
  const rawHeaders = contentType === undefined ? [] : ["Content-Type", contentType];
  const event = eventOf({ rawHeaders, body });
  return { body: event.body, isBase64Encoded: event.isBase64Encoded };
}

it("names the route and the request as API Gateway does", () => {
  const rawHeaders = ["Host", "abc.example.com:8443", "User-Agent", "test/1"];
  expect(eventOf({ rawHeaders, target: `${ROUTE}?a=1` })).toMatchObject({
    version: "2.0",
    routeKey: `ANY ${ROUTE}`,
    rawPath: ROUTE,
    rawQueryString: "a=1",
    requestContext: {
      domainName: "abc.example.com",
      domainPrefix: "abc",
      http: { method: "POST", path: ROUTE, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test/1" },
      requestId: "r-1",
      routeKey: `ANY ${ROUTE}`,
      stage: "$default",
      time: "12/Mar/2020:19:03:58 +0000",
      timeEpoch: 1584039838123,
    },
  });
});

describe("headers", () => {
  it("come in lower case, repeated ones joined by commas", () => {
    const { headers } = eventOf({ rawHeaders: ["X-Many", "1", "x-many", "2"] });
    expect(headers["x-many"]).toBe("1,2");
  });

  it("name the forwarding client, after those of earlier proxies", () => {
    const { headers } = eventOf({ rawHeaders: ["X-Forwarded-For", "10.0.0.1"] });
    expect(headers["x-forwarded-for"]).toBe("10.0.0.1,127.0.0.1");
  });

  it("have no cookies, which are in a list of their own", () => {
    const event = eventOf({ rawHeaders: ["Cookie", "a=1; b=x,y", "Cookie", "c=3"] });
    expect({ cookies: event.cookies, header: event.headers.cookie }).toEqual({
      cookies: ["a=1", "b=x,y", "c=3"],
      header: undefined,
    });
  });
});

describe("the query", () => {
  it("is decoded, repeated parameters joined by commas", () => {
    const event = eventOf({ target: `${ROUTE}?name=a%20b&name=c&empty=` });
    expect(event.queryStringParameters).toEqual({ name: "a b,c", empty: "" });
  });

  it("is absent in a request without one", () => {
    expect(eventOf({})).not.toHaveProperty("queryStringParameters");
  });
});

describe("the body", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "text/plain",
    "application/xml",
    "application/javascript",
    "application/problem+json",
    "application/soap+xml",
  ])("comes as text for %s", (contentType) => {
    expect(bodyOf(contentType, Buffer.from("é"))).toEqual({ body: "é", isBase64Encoded: false });
  });

  it.each(["application/x-www-form-urlencoded", "application/octet-stream", undefined])(
    "comes as base64 for %s",
    (contentType) => {
      expect(bodyOf(contentType, Buffer.from("a=1"))).toEqual({ body: "YT0x", isBase64Encoded: true });
    },
  );

  it("is absent when it is empty", () => {
    expect(eventOf({})).not.toHaveProperty("body");
  });

  it("keeps every byte, even under a wrong content type", () => {
    const contentType = fc.constantFrom("application/json", "text/plain", "application/octet-stream");
    fc.assert(
      fc.property(contentType, fc.uint8Array({ minLength: 1 }), (type, bytes) => {
        const { body = "", isBase64Encoded } = bodyOf(type, Buffer.from(bytes));
        expect(Buffer.from(body, isBase64Encoded ? "base64" : "utf8")).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
