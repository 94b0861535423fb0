import { answerFor, failedIds, type Mutant, withAnswer, withDeps } from "./mutant.ts";

const OVERLAYS = "tools/soak/mutants/overlays";

/** One message in twenty. */
const isUnlucky = (messageId: string): boolean => messageId.endsWith("7") && messageId.length % 2 === 0;

export const SETTLE_MUTANTS: readonly Mutant[] = [
  { name: "acknowledges failed messages", law: "L1", mutate: withAnswer(() => answerFor([])) },
  {
    name: "acknowledges the last failed message",
    law: "L1",
    mutate: withAnswer((answer) => answerFor(failedIds(answer).slice(0, -1))),
  },
  {
    name: "never acknowledges anything",
    law: "drain",
    mutate: withAnswer((_, { Records }) => answerFor(Records.map(({ messageId }) => messageId))),
  },
  {
    name: "leaves published messages in the queue now and then",
    law: "L8",
    mutate: withAnswer((answer, { Records }) =>
      answerFor([...failedIds(answer), ...Records.map(({ messageId }) => messageId).filter(isUnlucky)]),
    ),
  },
  {
    name: "forgets the end of a large batch",
    law: "L1",
    mutate: (createRelay) => (deps) => {
      const handler = createRelay(deps);
      return async ({ Records }, context) => await handler({ Records: Records.slice(0, 60) }, context);
    },
  },
  {
    name: "remembers a failed event as published",
    law: "L1",
    mutate: withDeps(({ recent }) => ({
      recent: {
        ...recent,
        has(key) {
          const isKnown = recent.has(key);
          recent.add(key);
          return isKnown;
        },
      },
    })),
  },
  {
    name: "throws away a batch with an error",
    law: "L5",
    mutate: (createRelay) => (deps) => {
      const handler = createRelay(deps);
      return async (event, context) => {
        if (deps.random() < 0.2) throw new Error("a bug");
        return await handler(event, context);
      };
    },
  },
  {
    name: "never blocks a group",
    law: "L2",
    run: { fifo: true },
    overlay: { module: "functions/relay/settle.ts", by: `${OVERLAYS}/settle-without-groups.ts` },
  },
  {
    name: "reports only the first failed message of a group",
    law: "L2",
    run: { fifo: true },
    mutate: withAnswer((answer, { Records }) => {
      const failed = new Set(failedIds(answer));
      const groups = new Set<string | undefined>();
      const first = Records.filter(({ messageId, attributes: { MessageGroupId } }) => {
        const isFirst = failed.has(messageId) && !groups.has(MessageGroupId);
        if (isFirst) groups.add(MessageGroupId);
        return isFirst;
      });
      return answerFor(first.map(({ messageId }) => messageId));
    }),
  },
  {
    name: "takes a FIFO queue for a standard one",
    law: "L2",
    run: { fifo: true },
    mutate: (createRelay) => (deps) => {
      const handler = createRelay(deps);
      return async ({ Records }, context) =>
        await handler(
          {
            Records: Records.map((record) => ({
              ...record,
              eventSourceARN: record.eventSourceARN.replace(".fifo", ""),
            })),
          },
          context,
        );
    },
  },
  {
    name: "lets later events overtake those that a rejected one replaced",
    law: "L2",
    run: { fifo: true },
    overlay: { module: "functions/relay/publish.ts", by: `${OVERLAYS}/publish-without-held-lanes.ts` },
  },
  {
    name: "plans without the groups",
    law: "L2",
    run: { fifo: true },
    overlay: { module: "packages/routing/src/plan.ts", by: `${OVERLAYS}/plan-without-groups.ts` },
  },
  {
    name: "plans without the lanes",
    law: "L3",
    overlay: { module: "packages/routing/src/plan.ts", by: `${OVERLAYS}/plan-without-lanes.ts` },
  },
  {
    name: "replaces events by name and channels",
    law: "L1",
    overlay: { module: "packages/routing/src/conflate.ts", by: `${OVERLAYS}/conflate-by-channel.ts` },
  },
  {
    name: "replaces events across another event",
    law: "L1",
    overlay: { module: "packages/routing/src/conflate.ts", by: `${OVERLAYS}/conflate-across.ts` },
  },
  {
    name: "replaces newer events by older ones",
    law: "L1",
    overlay: { module: "packages/routing/src/conflate.ts", by: `${OVERLAYS}/conflate-without-times.ts` },
  },
  {
    name: "acknowledges a replaced event although the newer one failed",
    law: "L1",
    overlay: { module: "functions/relay/settle.ts", by: `${OVERLAYS}/settle-replaced.ts` },
  },
];
