import { ageText, countText, timesText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";

/** The way of every event, with what is at each station now. */
export function Stations() {
  const { stack, flow, subscriptions } = useConsole();
  const queue = stack.queue.value;
  const { published = 0 } = stack.figures.value?.billable ?? {};
  const oldest = queue?.oldestAgeMs === undefined ? "no message" : `oldest ${ageText(queue.oldestAgeMs)}`;
  const stations = [
    { name: "Queue", value: `${countText(queue?.waiting ?? 0)} waiting`, note: oldest },
    {
      name: "Relay",
      value: `${countText(queue?.inFlight ?? 0)} in flight`,
      note: retriesText(stack.figures.value?.retries ?? 0),
    },
    { name: "Pusher", value: `${countText(published)} published`, note: faultsText(stack.faults.value.length) },
    {
      name: "This browser",
      value: `${countText(flow.arrived.value)} received`,
      note: timesText(subscriptions.all.value.filter(({ state }) => state === "subscribed").length, "channel"),
    },
  ];
  return (
    <ol class="stations" aria-label="The way of an event">
      {stations.map(({ name, value, note }) => (
        <li key={name}>
          <span class="station-name">{name}</span>
          <span class="station-note">{note}</span>
          <span class="station-value">{value}</span>
        </li>
      ))}
    </ol>
  );
}

const retriesText = (retries: number): string => (retries === 0 ? "no retry" : timesText(retries, "retry", "retries"));
const faultsText = (faults: number): string => (faults === 0 ? "no fault" : `${timesText(faults, "fault")} on`);
