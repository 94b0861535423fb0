import { ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { bodiesOf, openDeadLetters } from "../../support/dlq-process.ts";
import { proxySqs, type SqsCall } from "../../support/sqs-proxy.ts";

const COUNT = 25;
const numbered = Array.from({ length: COUNT }, (_, at) => `{"n":${at}}`);

/** Pauses the `nth` call of an action, before SQS receives it or before the client receives the answer. */
function pauseAt(pausedAction: string, nth: number, when: "before" | "after") {
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const receipts: string[] = [];
  let count = 0;
  async function onCall({ action, forward }: SqsCall): Promise<string> {
    if (action === pausedAction) count += 1;
    const paused = action === pausedAction && count === nth;
    if (!paused) return remember(action, await forward());
    if (when === "before") await pause();
    const answer = await forward();
    if (when === "after") await pause();
    return answer;
  }
  const pause = (): Promise<void> => {
    reached.resolve();
    return go.promise;
  };
  const remember = (action: string, answer: string): string => {
    if (action === "ReceiveMessage") {
      const { Messages = [] }: { readonly Messages?: readonly { readonly ReceiptHandle: string }[] } =
        JSON.parse(answer);
      receipts.push(...Messages.map(({ ReceiptHandle }) => ReceiptHandle));
    }
    return answer;
  };
  return { onCall, reached: reached.promise, go: go.resolve, receipts };
}

async function openFilled(fifo: boolean) {
  const opened = await openDeadLetters({ fifo });
  for (const [at, body] of numbered.entries())
    await opened.addDeadLetter(body, fifo ? { MessageGroupId: `g${at % 5}` } : {});
  return opened;
}

describe("a redrive that is interrupted", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s finishes the current call, and leaves the rest visible",
    async (signal) => {
      const { queue, start, count } = await openFilled(false);
      const { onCall, reached, go } = pauseAt("SendMessageBatch", 2, "before");
      const { endpoint } = await proxySqs(queue.endpoint, onCall);
      const { result, prints, kill } = start("redrive", "--yes", "--force", "--endpoint", endpoint);
      await reached;
      kill(signal);
      await prints("Stopping");
      go();
      const { exitCode, stdout } = await result;
      expect([exitCode, stdout]).toEqual([
        130,
        "20 dead letters redriven: invalid_event 20. Interrupted; run it again to go on.\n",
      ]);
      expect([await count(queue.queueUrl), await count(queue.deadLetterQueueUrl)]).toEqual([
        { visible: 20, hidden: 0 },
        { visible: 5, hidden: 0 },
      ]);
    },
  );

  it("continues at the next run, and moves everything once", async () => {
    const { queue, start, dlq, drain } = await openFilled(false);
    const { onCall, reached, go } = pauseAt("ReceiveMessage", 2, "after");
    const { endpoint } = await proxySqs(queue.endpoint, onCall);
    const { result, prints, kill } = start("redrive", "--yes", "--force", "--endpoint", endpoint);
    await reached;
    kill("SIGINT");
    await prints("Stopping");
    go();
    expect((await result).stdout).toContain("10 dead letters redriven");
    await dlq("redrive", "--yes", "--force");
    expect(bodiesOf(await drain(queue.queueUrl)).toSorted()).toEqual(numbered.toSorted());
  });

  it("exits at once at a second Ctrl-C", async () => {
    const { queue, start } = await openFilled(false);
    const { onCall, reached } = pauseAt("SendMessageBatch", 1, "before");
    const { endpoint } = await proxySqs(queue.endpoint, onCall);
    const { result, prints, kill } = start("redrive", "--yes", "--force", "--endpoint", endpoint);
    await reached;
    kill("SIGINT");
    await prints("Stopping");
    kill("SIGINT");
    expect((await result).exitCode).toBe(130);
  });
});

describe("a list that is interrupted", () => {
  it("leaves everything visible", async () => {
    const { queue, start, count } = await openFilled(false);
    const { onCall, reached, go } = pauseAt("ReceiveMessage", 2, "after");
    const { endpoint } = await proxySqs(queue.endpoint, onCall);
    const { result, prints, kill } = start("list", "--endpoint", endpoint);
    await reached;
    kill("SIGINT");
    await prints("Stopping");
    go();
    expect((await result).exitCode).toBe(130);
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: COUNT, hidden: 0 });
  });
});

describe("a redrive that is killed between the copy and the deletion", () => {
  async function killedThenRunAgain(fifo: boolean) {
    const { queue, sqs, start, dlq, drain } = await openFilled(fifo);
    const { onCall, reached, receipts } = pauseAt("DeleteMessageBatch", 2, "before");
    const { endpoint } = await proxySqs(queue.endpoint, onCall);
    const { result, kill } = start("redrive", "--yes", "--force", "--endpoint", endpoint);
    await reached;
    kill("SIGKILL");
    await result;
    // SQS makes hidden messages visible after an hour; the test does it at once.
    const QueueUrl = queue.deadLetterQueueUrl;
    for (const ReceiptHandle of receipts) {
      const release = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
      await sqs.send(release).catch(() => undefined);
    }
    await dlq("redrive", "--yes", "--force");
    return { moved: bodiesOf(await drain(queue.queueUrl)), left: bodiesOf(await drain(QueueUrl)) };
  }

  it("loses nothing, and moves at most ten messages twice", async () => {
    const { moved, left } = await killedThenRunAgain(false);
    expect([new Set(moved), left]).toEqual([new Set(numbered), []]);
    expect(moved.length).toBeLessThanOrEqual(COUNT + 10);
  });

  it("moves nothing twice on a FIFO queue, and keeps the order", async () => {
    const { moved, left } = await killedThenRunAgain(true);
    expect([moved.toSorted(), left]).toEqual([numbered.toSorted(), []]);
    const firstGroup = moved.filter((body) => Number(body?.slice(5, -1)) % 5 === 0);
    expect(firstGroup).toEqual([0, 5, 10, 15, 20].map((n) => `{"n":${n}}`));
  });
});
