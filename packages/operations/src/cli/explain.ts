import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EXIT_FAILED, runCommand } from "@realtime-gateway/command-line";
import { searchCloudWatch } from "../explain/cloudwatch.ts";
import { findStories } from "../explain/log-search.ts";
import { storyText } from "../explain/story-text.ts";
import { describeError } from "./describe-error.ts";
import { type ExplainOptions, parseExplainArguments } from "./explain-arguments.ts";
import { EXPLAIN_HELP } from "./explain-help.ts";

const NOT_FOUND =
  "The log does not have this id. Check the log group and --since, and that the stage has REALTIME_TRACE=1.\n";

async function run({ id, logGroup, sinceSeconds, region, endpoint, json }: ExplainOptions): Promise<number> {
  const client = new CloudWatchLogsClient({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  });
  try {
    const sinceMs = Date.now() - sinceSeconds * 1000;
    const stories = await findStories(id, searchCloudWatch(client, { logGroup, sinceMs }));
    for (const story of stories)
      process.stdout.write(`${json ? JSON.stringify(story) : storyText(story).join("\n")}\n`);
    if (stories.length > 0) return 0;
    process.stderr.write(NOT_FOUND);
    return EXIT_FAILED;
  } finally {
    client.destroy();
  }
}

await runCommand({ name: "explain", help: EXPLAIN_HELP, parse: parseExplainArguments, run, describeError });
