/** What an alarm watches; the names are known only once the resources are. */
export type Watched =
  | "queue"
  | "deadLetterQueue"
  | "relay"
  | "auth"
  | "test-event"
  | "webhook"
  | "api"
  | "metricsNamespace";

export interface Metric {
  /** A text, or the name of what is watched. */
  readonly namespace: string | { readonly of: Watched };
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string | { readonly of: Watched }>>;
}

export interface Alarm {
  readonly id: string;
  readonly metric: Metric;
  readonly statistic: "Sum" | "Maximum" | "p99";
  readonly unit: string;
  readonly above: number;
  readonly periodSeconds: number;
  /** In `of` periods, this many must be above. */
  readonly periods: number;
  readonly of: number;
  readonly means: string;
  readonly act: string;
  /** The section of `docs/operations.md` that says more. */
  readonly section: string;
}

/** What whoever is woken reads first. CloudWatch takes 1024 characters. */
export function alarmDescription({ means, act, section }: Alarm, docsUrl: string | undefined): string {
  const page = `docs/operations.md#${section}`;
  return `${capital(means)}. ${capital(act)}. See ${docsUrl === undefined ? page : `${docsUrl.replace(/\/$/, "")}/${page.slice(5)}`}`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
