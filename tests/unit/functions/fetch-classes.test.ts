import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as ours from "../../../functions/platform/fetch-classes.ts";
import { law } from "../../support/law.ts";

/** A change to a set of headers, as Hono and its middlewares make them. */
type Change = readonly ["set" | "append", string, string] | readonly ["delete", string];

const name = fc.constantFrom("content-type", "Content-Type", "vary", "VARY", "x-a", "Allow");
const value = fc.constantFrom("", "a", " a ", "text/plain", "Origin", "a, b");
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.constantFrom("set" as const, "append" as const), name, value),
  fc.tuple(fc.constant("delete" as const), name),
);

/** Sets are told apart by their members: Fetch sorts them, which nobody here relies on. */
const shown = (headers: Iterable<[string, string]>) => Object.fromEntries(headers);

function changed<Kind extends Pick<Headers, "set" | "append" | "delete">>(
  headers: Kind,
  changes: readonly Change[],
): Kind {
  for (const [verb, of, to = ""] of changes) {
    if (verb === "delete") headers.delete(of);
    else headers[verb](of, to);
  }
  return headers;
}

describe("as Node's own: headers", () => {
  it("after any changes, from pairs and from records", () => {
    const inits = fc.oneof(fc.array(fc.tuple(name, value)), fc.dictionary(name, value));
    law(
      fc.property(inits, fc.array(change), name, (init, changes, asked) => {
        const node = changed(new Headers(init), changes);
        const our = changed(new ours.Headers(init), changes);
        expect(shown(our)).toEqual(shown(node));
        expect({ get: our.get(asked), has: our.has(asked) }).toEqual({ get: node.get(asked), has: node.has(asked) });
        expect(shown(new ours.Headers(our))).toEqual(shown(our));
      }),
    );
  });

  it("copies that are changed leave the original as it was, and the other way round", () => {
    const original = new ours.Headers({ a: "1" });
    const copy = new ours.Headers(original);
    copy.set("a", "2");
    original.append("b", "3");
    expect([shown(original), shown(copy)]).toEqual([{ a: "1", b: "3" }, { a: "2" }]);
  });

  it.each([[7], [["application/json"]], [null]])("a value that is no text becomes one: %j", (given) => {
    const record = { ...Object({ "x-a": given }) };
    expect(new ours.Headers(record).get("x-a")).toBe(new Headers(record).get("x-a"));
    expect(shown(new ours.Headers(record))).toEqual(shown(new Headers(record)));
  });

  it("in forEach", () => {
    const seen: [string, string][] = [];
    new ours.Headers({ A: "1", b: "2" }).forEach((each, of) => {
      seen.push([of, each]);
    });
    expect(seen).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });
});

const text = fc.string({ unit: "grapheme" }).filter((each) => each.isWellFormed());
const bytes = fc.uint8Array({ maxLength: 40 });
const headers = fc.dictionary(name, fc.constantFrom("a", "application/json"));

describe("as Node's own: messages", () => {
  it("a response of any text, bytes or nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(text, bytes, fc.constant(null)),
        headers,
        fc.constantFrom(200, 400, 404, 503),
        async (body, init, status) => {
          const node = new Response(body, { status, headers: init });
          const our = new ours.Response(body, { status, headers: init });
          expect({ status: our.status, ok: our.ok, headers: shown(our.headers) }).toEqual({
            status: node.status,
            ok: node.ok,
            headers: shown(node.headers),
          });
          expect(await our.text()).toBe(await node.text());
        },
      ),
    );
  });

  it("a response made of another", async () => {
    const first = new ours.Response('{"a":1}', { status: 201, headers: { "x-a": "1" } });
    const second = new ours.Response(first.body, first);
    expect({ status: second.status, a: second.headers.get("x-a"), body: await second.json() }).toEqual({
      status: 201,
      a: "1",
      body: { a: 1 },
    });
  });

  it("a request of any text, bytes or nothing, with its bytes and no others", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, bytes, fc.constant(null)), headers, async (body, init) => {
        const node = new Request("https://a.example/b", { method: "POST", headers: init, body });
        const our = new ours.Request("https://a.example/b", { method: "POST", headers: init, body });
        expect({ method: our.method, url: our.url, headers: shown(our.headers) }).toEqual({
          method: node.method,
          url: node.url,
          headers: shown(node.headers),
        });
        expect(new Uint8Array(await our.bytes())).toEqual(await node.bytes());
      }),
    );
  });
});
