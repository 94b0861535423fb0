import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsIn } from "../../../../packages/local/src/send-events/send-events.ts";
import { law } from "../../../support/law.ts";

describe("the events of a body", () => {
  it.each([
    ['{"type":"notification"}', ['{"type":"notification"}'], false],
    ["[]", [], true],
    ['[{"a":12345678901234567890, "b": 1.0}]', ['{"a":12345678901234567890, "b": 1.0}'], true],
    [' [ 1 ,"a]," , [2,[3]] , {"x":"]"} ] ', ["1", '"a],"', "[2,[3]]", '{"x":"]"}'], true],
    ["\ufeff[1]", ["1"], true],
    ["[1", ["[1"], false],
    ["", [""], false],
  ])("keep their own text: %s", (body, bodies, isList) => {
    expect(eventsIn(body)).toEqual({ bodies, isList });
  });

  it("are the elements of any list", () => {
    law(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (values, indent) => {
        const { bodies } = eventsIn(JSON.stringify(values, undefined, indent));
        expect(bodies.map((body) => JSON.parse(body))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });
});
