import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ALARMS } from "../../infra/settings/alarms.ts";
import { deployPage } from "../../tools/docs/deploy-tables.ts";
import { deployed } from "./deployed.ts";

const page = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** As GitHub makes it of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s/g, "-");

it("docs/deploy.md says what the code does (npm run docs writes its tables)", async () => {
  const { current, expected } = await deployPage();
  expect(current).toContain("<!-- table: alarms -->");
  expect(current).toBe(expected);
});

it("docs/deploy.md explains every output", () => {
  const { _protect, ...outputs } = deployed("production").synthesis.outputs;
  for (const name of Object.keys(outputs)) expect(page("docs/deploy.md")).toContain(`\`${name}\``);
});

it.each(ALARMS)("$id leads to a section of docs/operations.md", ({ section }) => {
  const headings = page("docs/operations.md").matchAll(/^#+ (.+)$/gm);
  expect([...headings].map(([, heading = ""]) => anchor(heading))).toContain(section);
});
