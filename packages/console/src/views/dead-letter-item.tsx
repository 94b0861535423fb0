import { useSignal } from "@preact/signals";
import type { ListedDeadLetter } from "@realtime-gateway/local/control";
import { prettyJson } from "../model/json-text.ts";
import { ageText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";

/** One dead letter: its reason, its message, and the ways out. */
export function DeadLetterItem({ deadLetter }: { readonly deadLetter: ListedDeadLetter }) {
  const { api, stack, notices, page, flow } = useConsole();
  const { messageId, originalMessageId, code, detail, event, failedAtMs, body, attributes } = deadLetter;
  const text = useSignal<string | undefined>(undefined);
  const isAsking = useSignal(false);
  const act = async (action: () => Promise<string | undefined>): Promise<void> => {
    const done = await action();
    if (done !== undefined) notices.say(done);
    await stack.refresh(page.view.value);
  };
  const redrive = () =>
    act(async () => {
      const edited = text.value === undefined || text.value === body ? {} : { body: text.value };
      const value = notices.valueOf(await api.redrive({ messageIds: [messageId], ...edited }));
      return value && `${value.redriven} redriven`;
    });
  const drop = () =>
    act(async () => {
      const value = notices.valueOf(await api.drop({ messageIds: [messageId] }));
      return value && `${value.dropped} dropped`;
    });
  return (
    <li class="panel dead-letter">
      <p>
        <span class="badge badge-bad">{code === "-" ? "moved by SQS" : code}</span>{" "}
        <strong>{event ?? "no event"}</strong> <span class="quiet">{ageText(Date.now() - failedAtMs)} ago</span>
      </p>
      {detail !== undefined && <p>{detail}</p>}
      {Object.keys(attributes).length > 0 && (
        <p class="mono quiet">
          {Object.entries(attributes)
            .map(([name, value]) => `${name}: ${value}`)
            .join(", ")}
        </p>
      )}
      {text.value === undefined ? (
        <pre tabIndex={0}>{prettyJson(body)}</pre>
      ) : (
        <textarea
          aria-label="Message to redrive"
          class="mono"
          rows={10}
          spellcheck={false}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      )}
      <p class="actions">
        <button type="button" class="primary" onClick={() => void redrive()}>
          {text.value === undefined ? "Redrive" : "Redrive the edited message"}
        </button>
        <button
          type="button"
          onClick={() => {
            text.value = text.value === undefined ? prettyJson(body) : undefined;
          }}
        >
          {text.value === undefined ? "Edit" : "Discard the changes"}
        </button>
        <button
          type="button"
          class={isAsking.value ? "danger" : ""}
          onBlur={() => {
            isAsking.value = false;
          }}
          onClick={() => {
            if (isAsking.value) void drop();
            else isAsking.value = true;
          }}
        >
          {isAsking.value ? "Delete it for good" : "Drop …"}
        </button>
        {originalMessageId !== undefined && (
          <button type="button" onClick={() => flow.open(originalMessageId)}>
            Explain
          </button>
        )}
      </p>
    </li>
  );
}
