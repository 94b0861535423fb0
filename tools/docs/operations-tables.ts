import {
  CONFIG_FAILURES,
  type CodeTable,
  DEAD_LETTER_CODES,
  FAILURES,
  HTTP_PROBLEMS,
  LOG_RECORDS,
  PRODUCER_FAILURES,
  TOKEN_CHECKS,
} from "@realtime-gateway/codes";
import { code, table } from "./markdown.ts";

const codeTable = (codes: CodeTable): string =>
  table(
    ["code", "means", "do"],
    Object.entries(codes).map(([name, { meaning, action }]) => [code(name), meaning, action]),
  );

const deadLetterCodes = (): string => codeTable(DEAD_LETTER_CODES);

const failureCodes = (): string => codeTable(FAILURES);

const producerCodes = (): string =>
  table(
    ["code", "retryable", "means", "do"],
    Object.entries(PRODUCER_FAILURES).map(([name, { isRetryable, meaning, action }]) => [
      code(name),
      isRetryable ? "yes" : "no",
      meaning,
      action,
    ]),
  );

const startCodes = (): string => codeTable(CONFIG_FAILURES);

const tokenChecks = (): string =>
  table(
    ["check", "means", "do"],
    Object.entries(TOKEN_CHECKS).map(([name, { meaning, action }]) => [code(name), meaning, action]),
  );

const httpCodes = (): string =>
  table(
    ["status", "code", "from", "means", "do"],
    Object.entries(HTTP_PROBLEMS).map(([name, { status, from, meaning, action }]) => [
      String(status),
      code(name),
      from,
      meaning,
      action,
    ]),
  );

/** The codes that a page can get. The `docs` of a problem lead to the row of its code. */
const authCodes = (): string =>
  table(
    ["status", "code", "means", "do"],
    Object.entries(HTTP_PROBLEMS)
      .filter(([, { from }]) => from.includes("auth") || from === "all")
      .map(([name, { status, meaning, action }]) => [
        String(status),
        `<a id="${name}"></a>${code(name)}`,
        meaning,
        action,
      ]),
  );

const logRecords = (): string =>
  table(
    ["log record", "level", "fields and meaning"],
    Object.entries(LOG_RECORDS).map(([name, { level, meaning }]) => [code(name), level, meaning]),
  );

/** Tables of codes and log records. */
export const OPERATIONS_TABLES = {
  deadLetterCodes,
  failureCodes,
  startCodes,
  httpCodes,
  authCodes,
  tokenChecks,
  logRecords,
  producerCodes,
};
