import { setTimeout as sleep } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createStopSignal, EXIT_FAILED, EXIT_INTERRUPTED, runCommand } from "@realtime-gateway/command-line";
import { type CommandDeps, drop, FAILS_AGAIN, list, redrive, show } from "../commands.ts";
import { createHumanReport } from "../human-report.ts";
import { createJsonReport } from "../json-report.ts";
import { createProgress, type Progress } from "../progress.ts";
import { HOLD_SECONDS } from "../queue-reader.ts";
import type { DeadLetterQueue } from "../queues.ts";
import type { CommandSummary } from "../report.ts";
import { createDeadLetterQueue, createMainQueue } from "../sqs-queues.ts";
import { countOf } from "../table.ts";
import { ask } from "./ask.ts";
import { clientSettings } from "./client-settings.ts";
import { describeError } from "./describe-error.ts";
import { type DlqOptions, parseDlqArguments } from "./dlq-arguments.ts";
import { DLQ_HELP } from "./dlq-help.ts";
import { question } from "./question.ts";

const now = Date.now;
const toStdout = (text: string): void => void process.stdout.write(text);
const FORCE_QUESTION = "Redrive these too, although they fail again unless their cause is gone?";
const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
const toStderr = (text: string): void => void process.stderr.write(text);

async function run(options: DlqOptions): Promise<number> {
  const sqs = new SQSClient(clientSettings(options, process.env));
  try {
    const queue = createDeadLetterQueue(sqs, options.queueUrl);
    const total = await queue.count();
    if (await isConfirmed(options, total)) {
      const summary = await perform(options, sqs, queue, total);
      if (!(await isForced(options, summary))) return exitCodeOf(summary, options);
      const selection = { ...options.selection, codes: [...summary.heldBack.keys()] };
      return exitCodeOf(await perform({ ...options, selection, force: true }, sqs, queue, total), options);
    }
    toStderr("Nothing was changed.\n");
    return 0;
  } finally {
    sqs.destroy();
  }
}

async function isConfirmed(options: DlqOptions, total: number | undefined): Promise<boolean> {
  const { verb, dryRun, confirmed } = options;
  return verb === "list" || verb === "show" || dryRun || confirmed || ask(question(options, total));
}

/** A person may decide about the dead letters that would fail again. `--yes` is no answer to that. */
const isForced = async (
  { confirmed, dryRun }: DlqOptions,
  { heldBack, interrupted }: CommandSummary,
): Promise<boolean> => heldBack.size > 0 && interactive && !confirmed && !dryRun && !interrupted && ask(FORCE_QUESTION);

async function perform(options: DlqOptions, sqs: SQSClient, queue: DeadLetterQueue, total: number | undefined) {
  const isTty = process.stderr.isTTY === true;
  const progress = createProgress({ write: toStderr, isTty, now, ...(total !== undefined && { total }) });
  const signal = createStopSignal({
    onFirstStop: () => progress.note("Stopping. The remaining messages become visible again."),
    onSecondStop: () => process.exit(EXIT_INTERRUPTED),
  });
  const deps = commandDeps(options, queue, progress, signal);
  const summary = await execute(options, deps, sqs).finally(progress.end);
  const unseen = (total ?? 0) - summary.read;
  if (queue.fifo && !summary.interrupted && unseen > 0 && summary.tally.count < options.limit)
    toStderr(
      `About ${unseen} more are behind the first messages of their groups. A FIFO queue does not show them yet.\n`,
    );
  if (options.dryRun) toStderr("A dry run: nothing was changed.\n");
  return summary;
}

function commandDeps(
  options: DlqOptions,
  queue: DeadLetterQueue,
  progress: Progress,
  signal: AbortSignal,
): CommandDeps {
  const { verb, selection, limit, json, force } = options;
  const { note } = progress;
  const write = (text: string): void => {
    // Otherwise the result would begin behind the bar.
    progress.end();
    toStdout(text);
  };
  return {
    queue,
    now,
    signal,
    selection,
    limit,
    ...(verb === "redrive" && !force && { heldBackCodes: FAILS_AGAIN }),
    sleep,
    note,
    report: json ? createJsonReport(write) : createHumanReport({ write, note, now }),
    onProgress: progress.update,
    onHidden: (count) =>
      note(`${countOf(count)} could not be made visible again. SQS does so within ${HOLD_SECONDS / 60} minutes.`),
  };
}

function execute(
  { verb, mainQueueUrl, dryRun }: DlqOptions,
  deps: CommandDeps,
  sqs: SQSClient,
): Promise<CommandSummary> {
  if (verb === "show") return show(deps);
  if (verb === "list" || dryRun) return list(deps);
  return mainQueueUrl === undefined ? drop(deps) : redrive(deps, createMainQueue(sqs, mainQueueUrl));
}

const exitCodeOf = ({ interrupted, failed, heldBack }: CommandSummary, { dryRun }: DlqOptions): number =>
  interrupted ? EXIT_INTERRUPTED : failed > 0 || (heldBack.size > 0 && !dryRun) ? EXIT_FAILED : 0;

await runCommand({
  name: "dlq",
  help: DLQ_HELP,
  parse: (argv) => parseDlqArguments(argv, { env: process.env, interactive }),
  run,
  describeError,
});
