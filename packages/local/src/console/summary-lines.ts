import type { DemoResult } from "../demo/demo.ts";
import { demoFigures } from "./figures.ts";
import type { Paint } from "./paint.ts";

export interface SummaryLine {
  readonly mark: string;
  readonly colour: keyof Paint;
  readonly text: string;
}

/** The result of the demo: first all that was sent, then each fault. */
export function summaryLines(demo: DemoResult): readonly SummaryLine[] {
  const figures = demoFigures(demo);
  const { ok, events, fates, expected, arrived, truncated, duplicates, p50Ms, p99Ms } = figures;
  const accounted = Object.entries(fates).flatMap(([fate, count]) => (count > 0 ? [`${count} ${fate}`] : []));
  const fact = (text: string): SummaryLine => ({ mark: " ", colour: "plain", text });
  const fault = (text: string): SummaryLine => ({ mark: "✘", colour: "red", text });
  return [
    { mark: ok ? "✔" : "✘", colour: ok ? "green" : "red", text: `${events} events sent: ${accounted.join(", ")}` },
    fact(`${arrived} of ${expected} deliveries arrived, ${truncated} truncated, ${duplicates} duplicates`),
    ...(p50Ms === null
      ? []
      : [fact(`from send to receipt: ${p50Ms} ms at the median, ${p99Ms} ms at the 99th percentile`)]),
    ...(figures.unexpected > 0 ? [fault(`${figures.unexpected} deliveries should not have arrived`)] : []),
    ...(figures.deadLettered ? [] : [fault("the broken message did not reach the dead-letter queue")]),
    ...figures.missing.map(({ name, channel }) => fault(`missing: ${name} on ${channel}`)),
  ];
}
