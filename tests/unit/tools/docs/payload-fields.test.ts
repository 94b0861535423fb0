import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { day, flag, id, int, iso, number, optional, text } from "../../../../packages/events/src/fields.ts";
import { payloadFields } from "../../../../tools/docs/payload-fields.ts";

const typesOf = (shape: Readonly<Record<string, z.ZodMiniType>>) =>
  Object.fromEntries(payloadFields(z.looseObject(shape)).map(({ path, type }) => [path.join("."), type]));

describe("the fields of a payload", () => {
  it("have their types in words", () => {
    const limited = z.int().check(z.minimum(1));
    const oneOf = z.enum(["a", "b"]);
    const shape = {
      id: id(),
      text: text(),
      int: int(),
      number: number(),
      flag: flag(),
      iso: iso(),
      day: day(),
      limited,
      oneOf,
    };
    expect(typesOf({ ...shape, days: z.array(day()), fixed: z.literal(100) })).toEqual({
      id: "string or integer",
      text: "string",
      int: "integer",
      number: "number",
      flag: "boolean",
      iso: "ISO 8601 date-time",
      day: "`YYYY-MM-DD`",
      limited: "integer from 1",
      oneOf: '`"a"` or `"b"`',
      days: "list of `YYYY-MM-DD`",
      fixed: "`100`",
    });
  });

  it("are optional or required, each followed by its nested ones", () => {
    const fields = payloadFields(z.looseObject({ outer: optional(z.looseObject({ inner: int() })), last: text() }));
    expect(fields.map(({ path, isOptional }) => [path.join("."), isOptional])).toEqual([
      ["outer", true],
      ["outer.inner", false],
      ["last", false],
    ]);
  });

  it("name the shape that alone has a field, and all values of a field that differs", () => {
    const shapes = z.discriminatedUnion("status", [
      z.looseObject({ status: z.literal("first"), position: int() }),
      z.looseObject({
        scope: optional(z.literal("part")),
        status: z.literal("again"),
        position: int(),
        rerun_id: text(),
      }),
    ]);
    expect(payloadFields(shapes).map(({ path, type, onlyWith }) => [path[0], type, onlyWith])).toEqual([
      ["status", '`"first"` or `"again"`', undefined],
      ["position", "integer", undefined],
      ["scope", '`"part"`', '"again"'],
      ["rerun_id", "string", '"again"'],
    ]);
  });
});
