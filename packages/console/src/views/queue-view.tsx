import { useSignal } from "@preact/signals";
import type { DeadLetterChoice, DeadLetterPage } from "../api/control-api.ts";
import { ageText, countText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";
import { DeadLetterItem } from "./dead-letter-item.tsx";
import { Empty } from "./parts.tsx";

export function QueueView() {
  const { stack } = useConsole();
  const queue = stack.queue.value;
  const dead = stack.deadLetters.value;
  return (
    <div class="page">
      <h2>Queue</h2>
      <dl class="facts">
        <Fact name="Waiting" value={countText(queue?.waiting ?? 0)} />
        <Fact name="In flight or waiting for a retry" value={countText(queue?.inFlight ?? 0)} />
        <Fact name="Oldest message" value={queue?.oldestAgeMs === undefined ? "–" : ageText(queue.oldestAgeMs)} />
        <Fact name="Dead letters" value={countText(queue?.deadLetters ?? 0)} />
      </dl>
      <h2>Dead letters</h2>
      {dead === undefined || dead.total === 0 ? (
        <Empty title="No dead letter">
          <p>
            A message that can never succeed comes here at once, with its reason. To see one, compose an event without
            its id.
          </p>
        </Empty>
      ) : (
        <>
          <Codes byCode={dead.byCode} />
          <Bulk dead={dead} />
          <ul class="dead-letters">
            {dead.deadLetters.map((each) => (
              <DeadLetterItem key={each.messageId} deadLetter={each} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

function Codes({ byCode }: { readonly byCode: Readonly<Record<string, number>> }) {
  const { stack, page } = useConsole();
  const chosen = stack.deadLetterCode.value;
  // The last dead letter of the chosen code may be gone. Its button then shows all others again.
  const counts = chosen === "" ? byCode : { [chosen]: 0, ...byCode };
  const choose = (code: string): void => {
    stack.deadLetterCode.value = chosen === code ? "" : code;
    void stack.refresh(page.view.value);
  };
  return (
    <div class="segments" role="group" aria-label="Filter by code">
      {Object.entries(counts).map(([code, count]) => (
        <button key={code} type="button" class="small" aria-pressed={chosen === code} onClick={() => choose(code)}>
          {code} {count}
        </button>
      ))}
    </div>
  );
}

/** Redrives or drops all dead letters of the chosen code. */
function Bulk({ dead: { total, byCode } }: { readonly dead: DeadLetterPage }) {
  const { api, stack, notices, page } = useConsole();
  const isAsking = useSignal(false);
  const code = stack.deadLetterCode.value;
  const choice: DeadLetterChoice = code === "" ? { all: true } : { code };
  const redrive = async (): Promise<void> => {
    const value = notices.valueOf(await api.redrive(choice));
    if (value !== undefined) notices.say(`${value.redriven} redriven`);
    await stack.refresh(page.view.value);
  };
  const drop = async (): Promise<void> => {
    const value = notices.valueOf(await api.drop(choice));
    isAsking.value = false;
    if (value !== undefined) notices.say(`${value.dropped} dropped`);
    await stack.refresh(page.view.value);
  };
  // The list may hold fewer: it has a limit.
  const count = code === "" ? total : (byCode[code] ?? 0);
  const whole = code === "" ? "all" : `all of ${code}`;
  return (
    <p class="actions">
      <button type="button" onClick={() => void redrive()}>
        Redrive {whole}
      </button>
      {isAsking.value ? (
        <>
          <strong>Delete {countText(count)} for good?</strong>
          <button type="button" class="danger" onClick={() => void drop()}>
            Delete
          </button>
          <button
            type="button"
            onClick={() => {
              isAsking.value = false;
            }}
          >
            Keep
          </button>
        </>
      ) : (
        <button
          type="button"
          onClick={() => {
            isAsking.value = true;
          }}
        >
          Drop {whole} …
        </button>
      )}
    </p>
  );
}
