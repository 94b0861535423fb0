/** The W3C trace context of an event. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** The members of OpenTelemetry's API, version 1, that are used here. */
interface OpenTelemetry {
  readonly context?: { active(): unknown };
  readonly propagation?: { inject(context: unknown, carrier: Record<string, string>, setter: typeof SETTER): void };
}

/**
 * `@opentelemetry/api` shares its parts under this symbol, so that all its copies in a process work together. An import
 * would be a dependency, or an asynchronous one, which `event()` cannot await (decision 024).
 */
const API = Symbol.for("opentelemetry.js.api.1");

const SETTER = {
  set(carrier: Record<string, string>, name: string, value: string): void {
    carrier[name] = value;
  },
};

/** The trace context of the caller; `undefined` if OpenTelemetry is not active. */
export function activeTraceContext(shared: object = globalThis): TraceContext | undefined {
  const api: OpenTelemetry | undefined = Reflect.get(shared, API);
  if (api?.propagation === undefined || api.context === undefined) return undefined;
  const carrier: Record<string, string> = {};
  api.propagation.inject(api.context.active(), carrier, SETTER);
  const { traceparent, tracestate } = carrier;
  if (traceparent === undefined) return undefined;
  return tracestate === undefined ? { traceparent } : { traceparent, tracestate };
}
