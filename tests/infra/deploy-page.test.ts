import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { alarmsOf } from "../../infra/settings/alarms.ts";
import { QUEUE_RETENTION_SECONDS } from "../../infra/settings/limits.ts";
import { queueTimes } from "../../infra/settings/queue-times.ts";
import { deployed } from "./deployed.ts";

const page = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** The anchor that GitHub generates for a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s/g, "-");

it("docs/deploy.md explains every output", () => {
  for (const stage of ["production", "producers", "private", "urls"] as const) {
    const { _protect, ...outputs } = deployed(stage).synthesis.outputs;
    for (const name of Object.keys(outputs)) expect(page("docs/deploy.md")).toContain(`\`${name}\``);
  }
});

const ALARMS = alarmsOf(queueTimes({ maxReceives: 240, batchWindowSeconds: 0 }));

it.each(ALARMS)("the alarm $id links to a section of docs/operations.md", ({ section }) => {
  const headings = page("docs/operations.md").matchAll(/^#+ (.+)$/gm);
  expect([...headings].map(([, heading = ""]) => anchor(heading))).toContain(section);
});

it("docs/deploy.md states how long the queue stores messages, and the number of alarms", () => {
  expect(page("docs/deploy.md")).toContain(`stores messages for ${QUEUE_RETENTION_SECONDS / 86_400} days`);
  expect(page("docs/deploy.md")).toContain(`| ${ALARMS.length} alarms,`);
});
