import type { FunctionName } from "../../functions/manifest.ts";

/** Resources that alarms and the dashboard watch. AWS gives them their names only at deployment. */
export type WatchedResource = FunctionName | "queue" | "deadLetterQueue" | "api" | "metricsNamespace";

/** A text, or the name of a watched resource. */
export type TextOrName = string | { readonly nameOf: WatchedResource };

export interface WatchedMetric {
  readonly namespace: TextOrName;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, TextOrName>>;
}

export interface Alarm {
  readonly id: string;
  readonly metric: WatchedMetric;
  /** The alarm adds these to the metric. */
  readonly plus?: readonly WatchedMetric[];
  readonly statistic: "Sum" | "Maximum" | "p99";
  readonly unit: string;
  readonly threshold: number;
  readonly periodSeconds: number;
  /** The alarm triggers when this many of the last `ofPeriods` periods are above the threshold. */
  readonly periods: number;
  readonly ofPeriods: number;
  /** The alarm keeps its state while the metric has no value. By default it ends then. */
  readonly keepsState?: boolean;
  readonly meaning: string;
  readonly action: string;
  /** The section of `docs/operations.md` with more details. */
  readonly section: string;
}

/** The text of the notification. CloudWatch accepts 1024 characters. */
export function alarmDescription({ meaning, action, section }: Alarm, docsUrl: string | undefined): string {
  const page = `operations.md#${section}`;
  const link = docsUrl === undefined ? `docs/${page}` : `${docsUrl.replace(/\/$/, "")}/${page}`;
  return `${capital(meaning)}. ${capital(action)}. See ${link}`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
