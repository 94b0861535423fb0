import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FETCH_CLASSES } from "../../../support/fetch-classes.ts";
import { law } from "../../../support/law.ts";

const { node, light } = FETCH_CLASSES;

type AnyHeaders = Pick<
  Headers,
  "get" | "has" | "set" | "append" | "delete" | "forEach" | "getSetCookie" | "keys" | "values" | "entries"
>;

/** A call as Hono and its middleware make them, or as a careless caller does. */
type Call =
  | readonly ["set" | "append", string, string]
  | readonly ["delete" | "get" | "has", string]
  | readonly ["list" | "cookies"];

const name = fc.constantFrom(
  ...["content-type", "Content-Type", "vary", "VARY", "x-a", "Cookie", "cookie", "Set-Cookie", "set-cookie"],
  ...["", "a b", "é", "K", "x\n"],
);
const value = fc.constantFrom(
  ...["", "a", " a ", "\ta", "text/plain", "Origin", "a, b", "a=1; Path=/", "é"],
  ...["\n", "a\n", "a\r\nb", "\0", "🎧", "\u0001", "\u007f"],
);
const call: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(fc.constantFrom("set" as const, "append" as const), name, value),
  fc.tuple(fc.constantFrom("delete" as const, "get" as const, "has" as const), name),
  fc.tuple(fc.constantFrom("list" as const, "cookies" as const)),
);

function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
}

function resultOf(headers: AnyHeaders & Iterable<[string, string]>, [verb, ...given]: Call): unknown {
  if (verb === "list") return [[...headers], [...headers.keys()], [...headers.values()]];
  if (verb === "cookies") return headers.getSetCookie();
  return outcomeOf(() => Reflect.apply(Reflect.get(headers, verb), headers, given));
}

describe("our headers behave as Node's", () => {
  it("for every init and every sequence of calls", () => {
    const inits = fc.oneof(fc.array(fc.tuple(name, value)), fc.dictionary(name, value, { noNullPrototype: true }));
    law(
      fc.property(inits, fc.array(call), (init, calls) => {
        const outcomes = [node.Headers, light.Headers].map((kind) =>
          outcomeOf(() => {
            const headers: Headers = Reflect.construct(kind, [init]);
            return [
              ...calls.map((each) => resultOf(headers, each)),
              [...headers],
              [...Reflect.construct(kind, [headers])],
            ];
          }),
        );
        expect(outcomes[1]).toEqual(outcomes[0]);
      }),
    );
  });

  it.each([
    ["null", null],
    ["a number", 1],
    ["text", "a"],
    ["a pair of one", [["a"]]],
    ["a pair of three", [["a", "b", "c"]]],
    ["a map", new Map([["a", "1"]])],
    ["a number as value", { a: 1 }],
    ["a list as value", { a: ["b", "c"] }],
    ["null as value", { a: null }],
    ["URLSearchParams", new URLSearchParams("a=1&b=2")],
    ["a broken name", { "a b": "1" }],
    ["no headers", {}],
    ["Node's headers", new Headers({ a: "1" })],
  ])("for an unusual init: %s", (_what, init) => {
    const [expected, actual] = [node.Headers, light.Headers].map((kind) =>
      outcomeOf(() => [...Reflect.construct(kind, [init])]),
    );
    expect(actual).toEqual(expected);
  });

  it("in a copy, which does not share changes with its original", () => {
    const original = new light.Headers({ a: "1" });
    const copy = new light.Headers(original);
    copy.set("a", "2");
    original.append("b", "3");
    expect([[...original], [...copy]]).toEqual([
      [
        ["a", "1"],
        ["b", "3"],
      ],
      [["a", "2"]],
    ]);
  });

  it("for a caller that changes the given object afterwards", () => {
    const given = { a: "1" };
    const headers = new light.Headers(given);
    given.a = "2";
    expect(headers.get("a")).toBe("1");
  });

  it("in a loop that deletes what it visits", () => {
    const [expected, actual] = [node.Headers, light.Headers].map((kind) => {
      const headers: Headers = Reflect.construct(kind, [{ a: "1", b: "2", c: "3" }]);
      const visited: string[] = [];
      for (const [each] of headers) {
        visited.push(each);
        headers.delete(each);
      }
      return visited;
    });
    expect(actual).toEqual(expected);
  });

  it("in forEach, with its receiver", () => {
    const [expected, actual] = [node.Headers, light.Headers].map((kind) => {
      const headers: Headers = Reflect.construct(kind, [{ B: "1", a: "2" }]);
      const seen: unknown[] = [];
      headers.forEach(function (this: unknown, ...given) {
        seen.push([this, given[0], given[1], given[2] === headers]);
      }, "receiver");
      return seen;
    });
    expect(actual).toEqual(expected);
  });
});
