import { FAULT_SWITCHES, type FaultSwitch, isActive } from "../model/fault-switches.ts";
import { countText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";
import { Stations } from "./stations.tsx";

const PARTS = { pusher: "Pusher", relay: "The relay", queue: "The queue" } as const;

export function FaultsView() {
  const { stack } = useConsole();
  return (
    <div class="page">
      <h2>Break it</h2>
      <p class="lead">
        Switch a fault on, send events, and watch: retries, dead letters, and the recovery with nothing lost. Dead
        letters only come from messages that can never succeed, not from faults that pass.
      </p>
      <Stations />
      <Outcome />
      {(["pusher", "relay", "queue"] as const).map((part) => (
        <section key={part} class="faults" aria-labelledby={`faults-${part}`}>
          <h3 id={`faults-${part}`}>{PARTS[part]}</h3>
          <ul>
            {FAULT_SWITCHES.filter((each) => each.part === part).map((each) => (
              <Switch key={each.id} fault={each} isOn={isActive(stack.faults.value, each)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Every event is in one of these numbers, so that a lost one would show. */
function Outcome() {
  const { stack, composer, api, notices } = useConsole();
  const { events = 0, byStatus = {} } = stack.figures.value ?? {};
  const { waiting = 0, failed = 0, "dead-lettered": dead = 0 } = byStatus;
  const endAll = async (): Promise<void> => {
    const value = notices.valueOf(await api.clearFaults());
    if (value !== undefined) stack.faults.value = value.faults;
  };
  return (
    <div class="outcome">
      <p role="status">
        <strong>{countText(events)}</strong> sent, <strong>{countText(events - waiting - failed - dead)}</strong> done,{" "}
        <strong>{countText(waiting + failed)}</strong> on their way, <strong>{countText(dead)}</strong> dead-lettered
      </p>
      <p class="actions">
        <button
          type="button"
          class="primary"
          disabled={composer.isPlaying.value}
          onClick={() => void composer.playAudit()}
        >
          Play an audit
        </button>
        <button type="button" disabled={stack.faults.value.length === 0} onClick={() => void endAll()}>
          End all faults
        </button>
      </p>
    </div>
  );
}

function Switch({ fault, isOn }: { readonly fault: FaultSwitch; readonly isOn: boolean }) {
  const { api, stack, notices } = useConsole();
  const toggle = async (): Promise<void> => {
    // A part has one fault at a time, so that its reader sees the effect of one.
    const cleared = await api.clearFaults(fault.part);
    const value = notices.valueOf(isOn ? cleared : await api.addFault(fault.fault));
    if (value !== undefined) stack.faults.value = value.faults;
  };
  return (
    <li>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-labelledby={`switch-${fault.id}`}
        onClick={() => void toggle()}
      >
        <span class="knob" aria-hidden="true" />
      </button>
      <div>
        <div id={`switch-${fault.id}`} class="fault-title">
          {fault.title}
        </div>
        <div class="quiet">{fault.expect}</div>
      </div>
      {isOn && <span class="badge badge-bad">on</span>}
    </li>
  );
}
