import type { EventExplanation } from "@realtime-gateway/local/control";
import { prettyJson } from "../model/json-text.ts";
import { payloadDiff } from "../model/payload-diff.ts";
import { bytesText } from "../model/texts.ts";

interface PayloadViewProps {
  readonly payload: NonNullable<EventExplanation["payload"]>;
}

const SIGNS = { same: " ", removed: "−", added: "+" } as const;
const WORDS = { same: "", removed: "removed: ", added: "added: " } as const;

const sizeOf = (text: string): string => bytesText(new TextEncoder().encode(text).length);

/** The payload; with its difference, if browsers get another one. */
export function PayloadView({ payload: { sent, published } }: PayloadViewProps) {
  if (published === undefined || published === sent)
    return (
      <section>
        <h3>Payload, {sizeOf(sent)}</h3>
        <pre tabIndex={0}>{prettyJson(sent)}</pre>
      </section>
    );
  return (
    <section>
      <h3>
        Payload: {sizeOf(sent)} sent, {sizeOf(published)} published
      </h3>
      <pre class="diff" tabIndex={0}>
        {payloadDiff(sent, published).map(({ kind, text }) => (
          <span key={kind + text} class={`diff-line diff-${kind}`}>
            <span aria-hidden="true">{SIGNS[kind]} </span>
            <span class="unseen">{WORDS[kind]}</span>
            {text}
            {"\n"}
          </span>
        ))}
      </pre>
    </section>
  );
}
