import { INVOCATIONS_PER_POLLER } from "./polling.ts";
import type { StageSettings } from "./stage.ts";

/** Facts about the AWS account and region. A fact is `undefined` if the deployer may not read it. */
export interface Account {
  /** The stage's deployed queues. */
  readonly queueUrls: readonly string[] | undefined;
  /** The quota of concurrent Lambda executions. New accounts have 10. */
  readonly concurrency: number | undefined;
  /** The identity that deploys. */
  readonly callerArn: string | undefined;
}

/** The quota "Concurrent executions": https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const CONCURRENCY_QUOTA = { serviceCode: "lambda", quotaCode: "L-B99A9384" } as const;

/** HTTP functions answer in a few milliseconds, so five of them serve hundreds of requests per second. */
export const HTTP_CONCURRENCY = 5;

/** Settings that this account cannot carry. */
export const accountFaults = (
  { fifo, maxConcurrency, pollers, permissionsBoundary }: CheckedSettings,
  { queueUrls = [], concurrency, callerArn = "" }: Account,
): readonly string[] => [
  ...fifoFaults(fifo, queueUrls),
  ...concurrencyFaults(maxConcurrency, pollers?.max, concurrency),
  ...(permissionsBoundary === undefined ? boundaryFaults(callerArn) : []),
];

export type CheckedSettings = Pick<StageSettings, "fifo" | "maxConcurrency" | "pollers" | "permissionsBoundary">;

/** The role of `infra/deploy-role` may create only roles with the boundary, so it would stop half-way. */
function boundaryFaults(callerArn: string): readonly string[] {
  const account = /::(\d+):assumed-role\/deploy-realtime-gateway\//.exec(callerArn)?.[1];
  return account === undefined
    ? []
    : [
        `the role deploy-realtime-gateway creates only roles with a boundary. Set GATEWAY_PERMISSIONS_BOUNDARY=arn:aws:iam::${account}:policy/boundary-realtime-gateway`,
      ];
}

function fifoFaults(fifo: boolean, queueUrls: readonly string[]): readonly string[] {
  const [other] = queueUrls.filter((url) => url.endsWith(".fifo") !== fifo);
  if (other === undefined) return [];
  const [now, before] = fifo ? ["1", "0"] : ["0", "1"];
  return [
    `GATEWAY_FIFO=${now} would replace the stage's queue ${other.split("/").at(-1)}, to which producers still send. Set GATEWAY_FIFO=${before}, or deploy a stage with another name and move the producers. If the stage was removed, delete that queue first`,
  ];
}

/** With pollers, `maxConcurrency` is what the pollers can invoke, and their variable sets it. */
function concurrencyFaults(
  maxConcurrency: number,
  maxPollers: number | undefined,
  concurrency: number | undefined,
): readonly string[] {
  if (concurrency === undefined || maxConcurrency + HTTP_CONCURRENCY <= concurrency) return [];
  const [name, value, perUnit] =
    maxPollers === undefined
      ? ["GATEWAY_MAX_CONCURRENCY", maxConcurrency, 1]
      : ["GATEWAY_MAX_POLLERS", maxPollers, INVOCATIONS_PER_POLLER];
  const most = Math.floor(Math.max(concurrency - HTTP_CONCURRENCY, 0) / perUnit);
  const advice = most >= 2 ? `Set ${name} to ${most} or less, or raise` : "Raise";
  return [
    `${name}=${value} leaves the HTTP functions fewer than ${HTTP_CONCURRENCY} of the account's ${concurrency} concurrent Lambda executions. ${advice} the quota "Concurrent executions" of Lambda (${CONCURRENCY_QUOTA.quotaCode}) in Service Quotas`,
  ];
}
