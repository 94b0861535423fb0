import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { SearchLog } from "./log-search.ts";

export interface LogWindow {
  readonly logGroup: string;
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
}

/** Searches a log group of CloudWatch. Its answers have one page for each part of the log, also without a match. */
export const searchCloudWatch =
  (client: CloudWatchLogsClient, { logGroup, sinceMs }: LogWindow): SearchLog =>
  async (pattern) => {
    const lines: string[] = [];
    const filterPattern = filterPatternFor(pattern);
    // An empty filter pattern would match the whole log.
    if (filterPattern === "") return lines;
    let nextToken: string | undefined;
    do {
      const answer = await client.send(
        new FilterLogEventsCommand({
          logGroupName: logGroup,
          startTime: sinceMs,
          filterPattern,
          ...(nextToken !== undefined && { nextToken }),
        }),
      );
      for (const { message } of answer.events ?? []) if (message !== undefined) lines.push(message);
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return lines;
  };

/**
 * Each quoted term must be in the line. A quotation mark in the text would end a term, and what follows could widen the search,
 * so the terms are the parts around such characters. The caller picks the lines of the exact id.
 */
function filterPatternFor(text: string): string {
  const parts = text.split(/["\\\p{Cc}]+/u).filter((part) => part !== "");
  return parts.map((part) => `"${part}"`).join(" ");
}
