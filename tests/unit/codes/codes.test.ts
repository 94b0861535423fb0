import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CONFIG_FAILURES,
  DEAD_LETTER_CODES,
  FAILURES,
  HTTP_PROBLEMS,
  type HttpProblemDoc,
  LOG_RECORDS,
  type LogRecordDoc,
  REJECTIONS,
  TOKEN_CHECKS,
} from "@realtime-gateway/codes";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDERS = [
  "functions",
  "packages/dead-letter/src",
  "packages/events/src",
  "packages/access/src",
  "packages/operations/src",
  "packages/pusher/src",
  "packages/routing/src",
  "packages/settings/src",
];

function sourceOf(folder: string): string {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".ts") && !name.includes("node_modules"));
  return sources.map((name) => readFileSync(join(ROOT, folder, name), "utf8")).join("\n");
}

const SOURCE = FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
  .map(sourceOf)
  .join("\n");

/** The first two groups of every match. */
const matchesOf = (pattern: RegExp): readonly (readonly [string, string])[] => {
  const all = [...SOURCE.matchAll(pattern)].map(([, first = "", second = ""]) => [first, second] as const);
  return [...new Map(all.map((pair) => [pair.join(" "), pair])).values()];
};

const httpProblems: Readonly<Record<string, HttpProblemDoc>> = HTTP_PROBLEMS;
const logRecords: Readonly<Record<string, LogRecordDoc>> = LOG_RECORDS;
const everyCode = {
  ...TOKEN_CHECKS,
  ...REJECTIONS,
  ...FAILURES,
  ...HTTP_PROBLEMS,
  ...CONFIG_FAILURES,
  ...DEAD_LETTER_CODES,
};

describe("the table of codes", () => {
  it.each(Object.keys(everyCode))("lists %s, which the sources use", (code) => {
    expect(SOURCE).toContain(`"${code}"`);
  });

  it.each(matchesOf(/\b(?:rejected|reject|failed|failure|denied|deny|refused)\(\s*"([a-z_]+)"/g))(
    "explains %s, which the sources create",
    (code) => expect(everyCode).toHaveProperty([code]),
  );

  it.each(matchesOf(/\bcode\s*[:=]+\s*"([a-z]+_[a-z_]+)"/g))("explains %s, which the sources name as a code", (code) =>
    expect(everyCode).toHaveProperty([code]),
  );

  it.each(matchesOf(/\bnew Problem\(\s*(\d+),\s*"([a-z_]+)"/g))(
    "gives the status %s to the problem %s",
    (status, code) => expect(httpProblems[code]?.status).toBe(Number(status)),
  );

  it("lists the problems by status", () => {
    const statuses = Object.values(HTTP_PROBLEMS).map(({ status }) => status);
    expect(statuses).toEqual(statuses.toSorted((a, b) => a - b));
  });

  it.each(Object.entries(everyCode))("has texts for %s that other sentences can include", (_, { meaning, action }) => {
    for (const text of [meaning, action]) expect(text).toMatch(/^(?!\s)[^|]+[^.\s|]$/);
  });
});

describe("the table of log records", () => {
  it.each(Object.keys(LOG_RECORDS))("lists %s, which the functions write", (name) => {
    expect(SOURCE).toContain(`"${name}"`);
  });

  it.each(matchesOf(/\blog\.(info|warn|error)\(\s*"(\w+)"/g))("has the level %s for %s", (level, name) => {
    expect(logRecords[name]?.level).toBe(level);
  });
});
