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
    let nextToken: string | undefined;
    do {
      const answer = await client.send(
        new FilterLogEventsCommand({
          logGroupName: logGroup,
          startTime: sinceMs,
          filterPattern: `"${pattern}"`,
          ...(nextToken !== undefined && { nextToken }),
        }),
      );
      for (const { message } of answer.events ?? []) if (message !== undefined) lines.push(message);
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return lines;
  };
