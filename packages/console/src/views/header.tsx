import { useConsole } from "../state/console.ts";
import type { ViewName } from "../state/page.ts";

const NAMES: Readonly<Record<ViewName, string>> = {
  live: "Live",
  compose: "Compose",
  faults: "Break it",
  channels: "Channels",
  queue: "Queue",
};

const FEED_TEXTS = { connecting: "connecting", live: "live", lost: "stack is gone" } as const;

export function Header() {
  const { page, stack } = useConsole();
  const feed = stack.feed.value;
  const isDark = page.theme.value === "dark";
  const counts: Partial<Record<ViewName, number>> = {
    faults: stack.faults.value.length,
    queue: stack.queue.value?.deadLetters ?? 0,
  };
  return (
    <header class="header">
      <h1 class="brand">
        <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
          <rect width="32" height="32" rx="8" class="brand-back" />
          <path d="M6 16h5l3-7 4 14 3-7h5" class="brand-line" />
        </svg>
        <span class="brand-name">Realtime gateway</span>
      </h1>
      <nav class="views" aria-label="Views">
        {(Object.keys(NAMES) as ViewName[]).map((name) => (
          <a
            key={name}
            href={`#${name}`}
            aria-current={page.view.value === name ? "page" : undefined}
            onClick={(click) => {
              click.preventDefault();
              page.go(name);
            }}
          >
            {NAMES[name]}
            {(counts[name] ?? 0) > 0 && <span class={`count count-${name}`}>{counts[name]}</span>}
          </a>
        ))}
      </nav>
      <span class={`feed feed-${feed}`} role="status">
        <span class="dot" aria-hidden="true" />
        {FEED_TEXTS[feed]}
      </span>
      <button type="button" class="icon" title={isDark ? "Light colours" : "Dark colours"} onClick={page.toggleTheme}>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="5.5" class="theme-ring" />
          <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" class="theme-half" />
        </svg>
        <span class="unseen">{isDark ? "Light colours" : "Dark colours"}</span>
      </button>
      <button
        type="button"
        class="icon"
        title="Keys (?)"
        onClick={() => {
          page.isHelpOpen.value = true;
        }}
      >
        <span aria-hidden="true">?</span>
        <span class="unseen">Keys</span>
      </button>
    </header>
  );
}
