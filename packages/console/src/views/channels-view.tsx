import type { ChannelState } from "@realtime-gateway/local/control";
import { ageText, timesText } from "../model/texts.ts";
import { useConsole } from "../state/console.ts";
import type { PageSubscription } from "../state/subscriptions.ts";
import { Empty } from "./parts.tsx";
import { SubscribeForm } from "./subscribe-form.tsx";

export function ChannelsView() {
  const { stack } = useConsole();
  const channels = stack.channels.value ?? [];
  return (
    <div class="page">
      <h2>Channels</h2>
      <SubscribeForm />
      <MySubscriptions />
      <h3>All channels of the stack</h3>
      {channels.length === 0 ? (
        <Empty title="No channel has a subscription or an event">
          <p>Subscribe this page above, or send an event.</p>
        </Empty>
      ) : (
        <div class="scroll-x" tabIndex={0} role="region" aria-label="All channels">
          <table>
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col">Subscribed</th>
                <th scope="col">Last event</th>
                <th scope="col">Members</th>
                <th scope="col">This page</th>
              </tr>
            </thead>
            <tbody>
              {channels.map((channel) => (
                <ChannelRow key={channel.name} channel={channel} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function MySubscriptions() {
  const { subscriptions, stack } = useConsole();
  if (subscriptions.all.value.length === 0) return null;
  const hintOf = (name: string) => stack.hints.value.find(({ channel }) => channel === name)?.detail;
  return (
    <section aria-labelledby="mine">
      <h3 id="mine">This page, {subscriptions.status.value}</h3>
      <ul class="mine">
        {subscriptions.all.value.map((each) => (
          <Mine key={each.name} subscription={each} hint={hintOf(each.name)} />
        ))}
      </ul>
    </section>
  );
}

const TONES = { subscribing: "quiet", subscribed: "good", denied: "bad" } as const;

function Mine({ subscription, hint }: { readonly subscription: PageSubscription; readonly hint: string | undefined }) {
  const { subscriptions } = useConsole();
  const { name, state, received, members, problem } = subscription;
  return (
    <li>
      <code>{name}</code>
      <span class={`badge badge-${TONES[state]}`}>{state}</span>
      <span class="quiet">
        {members === undefined
          ? timesText(received, "event")
          : `${timesText(members.length, "member")}: ${members.join(", ")}`}
      </span>
      <button type="button" class="small" onClick={() => subscriptions.unsubscribe(name)}>
        Unsubscribe<span class="unseen"> from {name}</span>
      </button>
      {problem !== undefined && state !== "subscribed" && (
        <p class="mistake">
          <strong>{problem.code}</strong> {problem.detail}
          {hint === undefined ? (
            <a class="advice" href={problem.docs} target="_blank" rel="noreferrer">
              What to do
            </a>
          ) : (
            <span class="advice">{hint}</span>
          )}
        </p>
      )}
    </li>
  );
}

function ChannelRow({ channel: { name, subscribers, lastEvent, members } }: { readonly channel: ChannelState }) {
  const { flow, subscriptions } = useConsole();
  const isMine = subscriptions.all.value.some((each) => each.name === name);
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>{subscribers ?? "–"}</td>
      <td>
        {lastEvent === undefined ? (
          "–"
        ) : (
          <button type="button" class="link" onClick={() => flow.open(lastEvent.key)}>
            {lastEvent.event}, {ageText(Date.now() - lastEvent.atMs)} ago
          </button>
        )}
      </td>
      <td>{members?.map(({ id }) => id).join(", ") ?? ""}</td>
      <td>
        <button
          type="button"
          class="small"
          onClick={() => (isMine ? subscriptions.unsubscribe(name) : subscriptions.subscribe(name))}
        >
          {isMine ? "Unsubscribe" : "Subscribe"}
          <span class="unseen"> {name}</span>
        </button>
      </td>
    </tr>
  );
}
