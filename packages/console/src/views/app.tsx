import { useEffect } from "preact/hooks";
import { commandOf, type KeyTarget, type PageCommand } from "../model/shortcuts.ts";
import { type ConsoleState, useConsole } from "../state/console.ts";
import type { ViewName } from "../state/page.ts";
import { ChannelsView } from "./channels-view.tsx";
import { ComposeView } from "./compose-view.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { FaultsView } from "./faults-view.tsx";
import { Header } from "./header.tsx";
import { HealthStrip } from "./health-strip.tsx";
import { Help } from "./help.tsx";
import { FILTER_ID, LiveView } from "./live-view.tsx";
import { NoticeList } from "./notice-list.tsx";
import { QueueView } from "./queue-view.tsx";

const VIEW_OF: Readonly<Record<ViewName, () => preact.JSX.Element>> = {
  live: LiveView,
  compose: ComposeView,
  faults: FaultsView,
  channels: ChannelsView,
  queue: QueueView,
};

export function App() {
  const state = useConsole();
  useEffect(() => {
    const onKey = (press: KeyboardEvent): void => {
      const command = commandOf(press, targetOf(press.target));
      if (command === undefined || state.page.isHelpOpen.value) return;
      if (command !== "close") press.preventDefault();
      run(command, state);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [state]);
  const View = VIEW_OF[state.page.view.value];
  const isDrawerOpen = state.flow.isOpen.value;
  return (
    <div class={isDrawerOpen ? "app with-drawer" : "app"}>
      <a class="skip" href="#main">
        Skip to the view
      </a>
      <Header />
      <HealthStrip />
      <main id="main" tabIndex={-1}>
        <View />
      </main>
      {isDrawerOpen && <EventDrawer />}
      <NoticeList />
      <Help />
    </div>
  );
}

function targetOf(target: EventTarget | null): KeyTarget {
  if (!(target instanceof Element)) return "page";
  if (target.matches("input:not([type=checkbox]), textarea, select")) return "field";
  return target.matches("button, a, summary, input") ? "control" : "page";
}

function run(command: PageCommand, { flow, page, resend, edit, view }: ConsoleState): void {
  const selected = flow.selectedKey.value;
  if (typeof command === "object") view(command.view);
  else if (command === "filter") {
    page.go("live");
    const focus = (): void => document.getElementById(FILTER_ID)?.focus();
    // At once, because the next keys are the filter. From another view, the field comes with the next frame.
    focus();
    requestAnimationFrame(focus);
  } else if (command === "pause") flow.togglePause();
  else if (command === "next" || command === "previous") {
    page.go("live");
    flow.move(command === "next" ? 1 : -1);
  } else if (command === "open") {
    if (selected !== undefined) flow.open(selected);
  } else if (command === "close") {
    if (document.activeElement instanceof HTMLElement && document.activeElement.id === FILTER_ID)
      document.activeElement.blur();
    else flow.close();
  } else if (command === "compose") page.go("compose");
  else if (command === "help") page.isHelpOpen.value = true;
  else if (selected !== undefined) void (command === "resend" ? resend(selected) : edit(selected));
}
