import { effect } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { createControlApi } from "../api/control-api.ts";
import { followEvents } from "../api/event-feed.ts";
import { draftOf } from "../model/draft.ts";
import { createComposer } from "./composer.ts";
import { createFlow } from "./flow.ts";
import { createNotices } from "./notices.ts";
import { createPageState, VIEWS } from "./page.ts";
import { createStackState } from "./stack-state.ts";
import { createSubscriptions } from "./subscriptions.ts";

/** All state and all actions of the page. */
export type ConsoleState = ReturnType<typeof createConsoleState>;

/** An audit begins at the latest after this time, even if a subscription has no answer. */
const SUBSCRIBE_LIMIT_MS = 2_000;

export function createConsoleState() {
  const api = createControlApi((...request) => fetch(...request));
  const notices = createNotices();
  const page = createPageState();
  const stack = createStackState(api);
  const flow = createFlow(api);
  const subscriptions = createSubscriptions(flow.received);
  const composer = createComposer({
    api,
    notices,
    catalog: () => stack.catalog.value,
    async beforeAudit(id) {
      for (const name of subscriptions.namesFor(id)) subscriptions.subscribe(name);
      await subscriptions.settled(SUBSCRIBE_LIMIT_MS);
    },
  });

  followEvents("/_realtime/stream", {
    changed: flow.changed,
    figures(figures) {
      stack.figures.value = figures;
    },
    hint: stack.hinted,
    reset: flow.cleared,
    status(status) {
      const wasLost = stack.feed.value === "lost";
      stack.feed.value = status;
      // Another stack may have started on this port.
      if (status === "live" && wasLost) void start();
    },
  });
  stack.follow(() => page.view.value, flow.endToEndMs);
  effect(() => void stack.refresh(page.view.value));

  async function start(): Promise<void> {
    await stack.load();
    const { environment, catalog } = stack;
    if (environment.value !== undefined) subscriptions.locate(environment.value, catalog.value);
    const [first] = catalog.value;
    if (composer.draft.value.type === "" && first !== undefined) composer.choose("audit.progress");
  }
  void start();

  /** The message of an event, byte for byte. */
  async function bodyOf(key: string): Promise<string | undefined> {
    const value = notices.valueOf(await api.explain(key));
    const body = value?.explanations.at(-1)?.envelope?.body;
    if (value !== undefined && body === undefined)
      notices.say("This event did not pass the queue, so there is no message to send");
    return body;
  }

  return {
    api,
    notices,
    page,
    stack,
    flow,
    composer,
    subscriptions,
    /** Sends the same message once more, and shows its copy. */
    async resend(key: string): Promise<void> {
      const body = await bodyOf(key);
      const copy = body === undefined ? undefined : await composer.resend(body);
      if (copy === undefined) return;
      notices.say("Sent again. The list shows the copy");
      page.go("live");
      flow.open(copy);
    },
    async edit(key: string): Promise<void> {
      const body = await bodyOf(key);
      if (body === undefined) return;
      const draft = draftOf(body);
      if (draft === undefined) {
        notices.say("The form edits CloudEvents and webhook envelopes only");
        return;
      }
      composer.edit(draft);
      page.go("compose");
    },
    view(index: number): void {
      const name = VIEWS[index];
      if (name !== undefined) page.go(name);
    },
  };
}

export const ConsoleContext = createContext<ConsoleState | undefined>(undefined);

export function useConsole(): ConsoleState {
  const state = useContext(ConsoleContext);
  if (state === undefined) throw new Error("The component is outside of ConsoleContext.");
  return state;
}
