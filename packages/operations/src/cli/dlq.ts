import { setTimeout as sleep } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type CommandDeps, drop, list, redrive, show } from "../commands.ts";
import { createHumanReport } from "../human-report.ts";
import { createJsonReport } from "../json-report.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { DeadLetterQueue } from "../queues.ts";
import { HOLD_SECONDS } from "../reading.ts";
import type { Ending } from "../report.ts";
import { createDeadLetterQueue, createMainQueue } from "../sqs-queues.ts";
import { countOf } from "../table.ts";
import { ask } from "./ask.ts";
import { clientSettings } from "./client-settings.ts";
import { describeError } from "./describe-error.ts";
import { type DlqOptions, parseDlqArguments } from "./dlq-arguments.ts";
import { DLQ_HELP } from "./dlq-help.ts";
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_USAGE } from "./exit-codes.ts";
import { question } from "./question.ts";
import { createStopSignal } from "./stop-signal.ts";

const now = Date.now;
const toStdout = (text: string): void => void process.stdout.write(text);
const toStderr = (text: string): void => void process.stderr.write(text);

async function main(options: DlqOptions): Promise<number> {
  const sqs = new SQSClient(clientSettings(options, process.env));
  try {
    const queue = createDeadLetterQueue(sqs, options.queueUrl);
    const total = await queue.count();
    if (await isMeant(options, total)) return exitCodeOf(await perform(options, sqs, queue, total));
    toStderr("Nothing was changed.\n");
    return 0;
  } finally {
    sqs.destroy();
  }
}

async function isMeant(options: DlqOptions, total: number | undefined): Promise<boolean> {
  const { verb, dryRun, confirmed } = options;
  return verb === "list" || verb === "show" || dryRun || confirmed || ask(question(options, total));
}

async function perform(options: DlqOptions, sqs: SQSClient, queue: DeadLetterQueue, total: number | undefined) {
  const isTty = process.stderr.isTTY === true;
  const progress = createProgress({ write: toStderr, isTty, now, ...(total !== undefined && { total }) });
  const signal = createStopSignal(() => progress.note("Stopping: what was not taken becomes visible again."));
  const deps = commandDeps(options, queue, progress, signal);
  const ending = await execute(options, deps, sqs).finally(progress.end);
  const unseen = (total ?? 0) - ending.read;
  if (queue.fifo && !ending.interrupted && unseen > 0 && ending.tally.count < options.limit)
    toStderr(`About ${unseen} more lie behind the first messages of their groups: a FIFO queue shows no others.\n`);
  if (options.dryRun) toStderr("A dry run: nothing was changed.\n");
  return ending;
}

function commandDeps(
  options: DlqOptions,
  queue: DeadLetterQueue,
  progress: Progress,
  signal: AbortSignal,
): CommandDeps {
  const { selection, limit, json } = options;
  const { note } = progress;
  // A line of results would land behind the bar.
  const write = (text: string): void => {
    progress.end();
    toStdout(text);
  };
  return {
    queue,
    now,
    signal,
    selection,
    limit,
    sleep,
    note,
    report: json ? createJsonReport(write) : createHumanReport({ write, note, now }),
    onProgress: progress.update,
    onHidden: (count) =>
      note(`${countOf(count)} could not be made visible again; that takes up to ${HOLD_SECONDS / 60} minutes.`),
  };
}

function execute({ verb, mainQueueUrl, dryRun }: DlqOptions, deps: CommandDeps, sqs: SQSClient): Promise<Ending> {
  if (verb === "show") return show(deps);
  if (verb === "list" || dryRun) return list(deps);
  return mainQueueUrl === undefined ? drop(deps) : redrive(deps, createMainQueue(sqs, mainQueueUrl));
}

const exitCodeOf = ({ interrupted, failed }: Ending): number =>
  interrupted ? EXIT_INTERRUPTED : failed > 0 ? EXIT_FAILED : 0;

const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
const parsed = parseDlqArguments(process.argv.slice(2), { env: process.env, interactive });
if (parsed.kind === "help") toStdout(DLQ_HELP);
else if (parsed.kind === "invalid") {
  toStderr(`dlq: ${parsed.complaints.join("; ")}. Run with --help to see the flags.\n`);
  process.exitCode = EXIT_USAGE;
} else {
  process.exitCode = await main(parsed.options).catch((error: unknown) => {
    toStderr(`dlq: ${describeError(error)}\n`);
    return EXIT_FAILED;
  });
}
