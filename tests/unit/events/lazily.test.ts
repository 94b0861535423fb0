import { expect, it } from "vitest";
import { definitionOf, eventNames } from "../../../packages/events/src/index.ts";
import { lazily } from "../../../packages/events/src/lazily.ts";

it("is made when it is first asked for, and once", () => {
  let made = 0;
  const thing = lazily(() => {
    made += 1;
    return { made };
  });
  expect(made).toBe(0);
  expect(thing()).toBe(thing());
  expect(made).toBe(1);
});

it.each(eventNames)("the schema of %s is the same for everybody", (name) => {
  const definition = definitionOf(name);
  expect(definition?.schema).toBe(definition?.schema);
});
