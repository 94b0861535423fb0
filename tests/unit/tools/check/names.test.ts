import { expect, test } from "vitest";
import { sharedNames } from "../../../../tools/check/names.ts";

test("reports exported types that share their name, with every place", () => {
  const findings = sharedNames([
    { path: "a.ts", text: "export interface Outcome {}\nexport type Alone = string;\n" },
    { path: "b.ts", text: "\nexport abstract class Outcome {}\n" },
    { path: "c.ts", text: "export type Outcome<T> = T;\n" },
  ]);
  expect(findings).toEqual([{ place: "a.ts:1", problem: "Outcome is also the name of b.ts:2, c.ts:1" }]);
});

test("ignores private types and types that are exported again", () => {
  const findings = sharedNames([
    { path: "a.ts", text: "export interface Queue {}\ninterface Options {}\n" },
    { path: "b.ts", text: 'export type { Queue } from "./a.ts";\ninterface Options {}\n' },
  ]);
  expect(findings).toEqual([]);
});
