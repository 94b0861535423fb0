import { useSignal } from "@preact/signals";
import type { EventExplanation, GatewayEvent } from "@realtime-gateway/local/control";
import { useEffect, useRef } from "preact/hooks";
import { badgesOf } from "../model/badges.ts";
import { prettyJson } from "../model/json-text.ts";
import { useConsole } from "../state/console.ts";
import { HopList } from "./hop-list.tsx";
import { Badge, CopyButton } from "./parts.tsx";
import { PayloadView } from "./payload-view.tsx";

/** The whole way of the selected event. */
export function EventDrawer() {
  const { flow, resend, edit } = useConsole();
  const key = flow.selectedKey.value;
  const row = flow.rows.value.find((each) => each.key === key);
  const explanation = useExplanation(row);
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => drawer.current?.focus(), []);
  const body = explanation?.envelope?.body;
  return (
    <aside ref={drawer} class="drawer" aria-label="Explanation of the event" tabIndex={-1}>
      <div class="drawer-head">
        <h2>{row?.event ?? "Event"}</h2>
        <button type="button" class="icon" title="Close (Escape)" onClick={flow.close}>
          <span aria-hidden="true">×</span>
          <span class="unseen">Close</span>
        </button>
      </div>
      {row === undefined || key === undefined ? (
        <p class="quiet">The event is on its way to this page, or the stack has forgotten it.</p>
      ) : (
        <>
          <p class="badges">
            {badgesOf(row).map((badge) => (
              <Badge key={badge.text} {...badge} />
            ))}
          </p>
          <p class="mono quiet">{row.id ?? row.key}</p>
          <p class="actions">
            <button type="button" onClick={() => void resend(key)}>
              Send again
            </button>
            <button type="button" onClick={() => void edit(key)}>
              Edit and send
            </button>
            {body !== undefined && <CopyButton text={body} label="Copy message" />}
          </p>
          {explanation !== undefined && <Sections explanation={explanation} arrivedAtMs={flow.arrivedAtMs(key)} />}
        </>
      )}
    </aside>
  );
}

/** Reads the explanation again whenever the event changes. */
function useExplanation(row: GatewayEvent | undefined): EventExplanation | undefined {
  const { api } = useConsole();
  const explanation = useSignal<EventExplanation | undefined>(undefined);
  const key = row?.key;
  useEffect(() => {
    if (row === undefined) return undefined;
    let isCurrent = true;
    void api.explain(row.messageId ?? row.id ?? row.key).then((answer) => {
      if (!isCurrent || !answer.ok) return;
      explanation.value = answer.value.explanations.find(({ event }) => event.key === key);
    });
    return () => {
      isCurrent = false;
    };
  }, [key, row?.seq]);
  return explanation.value?.event.key === key ? explanation.value : undefined;
}

interface SectionsProps {
  readonly explanation: EventExplanation;
  readonly arrivedAtMs: number | undefined;
}

function Sections({ explanation, arrivedAtMs }: SectionsProps) {
  const { text, routes, mismatches, payload, envelope, siblings } = explanation;
  return (
    <>
      <section>
        <h3>What happened</h3>
        <ul class="story">
          {text.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>Hops</h3>
        <HopList explanation={explanation} arrivedAtMs={arrivedAtMs} />
      </section>
      {routes.length > 0 && (
        <section>
          <h3>Why these channels</h3>
          <ul class="routes">
            {routes.map(({ channel, why }) => (
              <li key={channel}>
                <code>{channel}</code> <span class="quiet">{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mismatches.length > 0 && (
        <section>
          <h3>Schema</h3>
          <ul class="story">
            {mismatches.map((mismatch) => (
              <li key={mismatch}>{mismatch}</li>
            ))}
          </ul>
        </section>
      )}
      {payload !== undefined && <PayloadView payload={payload} />}
      {siblings.length > 0 && <Siblings siblings={siblings} />}
      {envelope !== undefined && (
        <section>
          <h3>Envelope: {envelope.form}</h3>
          <pre tabIndex={0}>{prettyJson(envelope.body)}</pre>
        </section>
      )}
    </>
  );
}

function Siblings({ siblings }: { readonly siblings: readonly GatewayEvent[] }) {
  const { flow } = useConsole();
  return (
    <section>
      <h3>Related events</h3>
      <ul class="siblings">
        {siblings.map((event) => (
          <li key={event.key}>
            <button type="button" class="link" onClick={() => flow.open(event.key)}>
              {event.event ?? event.key}
            </button>
            {badgesOf(event).map((badge) => (
              <Badge key={badge.text} {...badge} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
