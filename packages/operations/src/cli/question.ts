import { printable } from "@realtime-gateway/command-line";
import type { DlqOptions } from "./dlq-arguments.ts";

type Asked = Pick<DlqOptions, "verb" | "queueUrl" | "mainQueueUrl" | "selection" | "limit">;

/** The question before a change. `count` is the size of the whole queue, filters aside. */
export function question({ verb, queueUrl, mainQueueUrl, selection, limit }: Asked, count: number | undefined): string {
  const { codes, events } = selection;
  const filters = [
    ...(codes.length > 0 ? [`code ${codes.join(" or ")}`] : []),
    ...(events.length > 0 ? [`event ${events.join(" or ")}`] : []),
    ...(Number.isFinite(limit) ? [`at most ${limit}`] : []),
  ];
  const what = filters.length > 0 ? `dead letters (${filters.join(", ")})` : "every dead letter";
  const held = count === undefined ? "" : `, which holds about ${count},`;
  const target = mainQueueUrl === undefined ? "for good" : `to ${mainQueueUrl}`;
  return printable(`${verb === "drop" ? "Drop" : "Redrive"} ${what} of ${queueUrl}${held} ${target}?`);
}
