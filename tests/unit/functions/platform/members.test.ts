import { describe, expect, it } from "vitest";
import { FETCH_CLASSES } from "../../../support/fetch-classes.ts";

const { node, light } = FETCH_CLASSES;
const KINDS = ["Headers", "Request", "Response"] as const;

/** These belong to undici and not to Fetch: the inspection in a console, and a slip. */
const UNDICI_ONLY: readonly PropertyKey[] = [Symbol.for("nodejs.util.inspect.custom"), "attribute"];

const namesOf = (prototype: object) => Reflect.ownKeys(prototype).filter((key) => !UNDICI_ONLY.includes(key));

const make = { Headers: [{ a: "1" }], Request: ["https://a.example/"], Response: ["a"] } as const;

describe.each(KINDS)("our %s", (kind) => {
  const object: object = Reflect.construct(light[kind], make[kind]);
  const nodeObject: object = Reflect.construct(node[kind], make[kind]);

  it("has every member of Node's", () => {
    const members = namesOf(node[kind].prototype);
    expect(members.filter((name) => !(name in object))).toEqual([]);
  });

  it("has every static of Node's", () => {
    const statics = Reflect.ownKeys(node[kind]).filter(
      (name) => !["length", "name", "prototype"].includes(String(name)),
    );
    expect(statics.filter((name) => !(name in light[kind]))).toEqual([]);
  });

  it("counts as Node's for instanceof, and Node's as ours", () => {
    expect(object instanceof node[kind]).toBe(true);
    expect(object instanceof light[kind]).toBe(true);
    expect(nodeObject instanceof light[kind]).toBe(true);
  });

  it.each([undefined, null, "text", 1, {}, [], new Date(0)])("does not count %j as its instance", (value) => {
    expect(value instanceof Object(light[kind])).toBe(false);
    for (const other of KINDS) if (other !== kind) expect(object instanceof light[other]).toBe(false);
  });

  it("names itself as Node's does", () => {
    expect(String(object)).toBe(String(nodeObject));
    expect(light[kind].name).toBe(kind);
  });
});

describe("our fetch", () => {
  it("sends our requests", async () => {
    const request = new light.Request("data:text/plain,abc");
    expect(await (await light.fetch(request)).text()).toBe("abc");
  });
});
