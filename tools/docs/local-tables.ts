import { JSON_LINES } from "../../packages/local/src/console/json-line-docs.ts";
import { FATES } from "../../packages/local/src/messages/event-report.ts";
import { code, table } from "./markdown.ts";

const fates = (): string =>
  table(
    ["fate", "meaning"],
    Object.entries(FATES).map(([fate, meaning]) => [code(fate), meaning]),
  );

const jsonLines = (): string =>
  table(
    ["type", "meaning", "members beside `type` and `time`"],
    Object.entries(JSON_LINES).map(([type, { meaning, members }]) => [code(type), meaning, members]),
  );

/** The tables of docs/local.md. */
export const LOCAL_TABLES = { fates, json_lines: jsonLines } as const;
