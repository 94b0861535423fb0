import { useSignal } from "@preact/signals";
import { useConsole } from "../state/console.ts";

export function SubscribeForm() {
  const { subscriptions } = useConsole();
  const name = useSignal("");
  const isUnknown = useSignal(false);
  return (
    <form
      class="panel subscribe"
      onSubmit={(submit) => {
        submit.preventDefault();
        isUnknown.value = !subscriptions.subscribe(name.value);
      }}
    >
      <div class="field">
        <label for="channel-name">Subscribe this page to a channel</label>
        <input
          id="channel-name"
          class="mono"
          spellcheck={false}
          placeholder="private-audit-42"
          value={name.value}
          aria-describedby="channel-mistake"
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value;
          }}
        />
        <p id="channel-mistake" class="mistake" role="status">
          {isUnknown.value &&
            "No such channel. Write audit-ID, fiche-ID, job-ID or global, with the prefix of your stack (private- or presence-)"}
        </p>
      </div>
      <div class="field">
        <label for="token">Token</label>
        <input
          id="token"
          class="mono"
          spellcheck={false}
          autocomplete="off"
          value={subscriptions.token.value}
          aria-describedby="token-hint"
          onChange={({ currentTarget }) => subscriptions.useToken(currentTarget.value)}
        />
        <p id="token-hint" class="quiet">
          Only with REALTIME_AUTH_MODE=jwt: <code>npm run --silent token -- mint --user u1 --grant 'audit-*'</code>
        </p>
      </div>
      <button type="submit" class="primary">
        Subscribe
      </button>
    </form>
  );
}
