import { effect, signal } from "@preact/signals";

export const VIEWS = ["live", "compose", "faults", "channels", "queue"] as const;
export type ViewName = (typeof VIEWS)[number];

/** The parts of the page that are not about the stack: view, theme, help. */
export type PageState = ReturnType<typeof createPageState>;

type Theme = "light" | "dark";

const THEME_KEY = "console-theme";
const INTRO_KEY = "console-intro-read";

export function createPageState() {
  const view = signal<ViewName>(viewInAddress());
  const isHelpOpen = signal(false);
  const isIntroOpen = signal(localStorage.getItem(INTRO_KEY) === null);
  const theme = signal<Theme>(firstTheme());

  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
  addEventListener("hashchange", () => {
    view.value = viewInAddress();
  });
  return {
    view,
    isHelpOpen,
    isIntroOpen,
    theme,
    go(next: ViewName): void {
      view.value = next;
      // Not `location.hash`: the back button would go through every view.
      history.replaceState(null, "", `#${next}`);
    },
    closeIntro(): void {
      isIntroOpen.value = false;
      localStorage.setItem(INTRO_KEY, "1");
    },
    toggleTheme(): void {
      theme.value = theme.value === "dark" ? "light" : "dark";
      localStorage.setItem(THEME_KEY, theme.value);
    },
  };
}

const viewInAddress = (): ViewName => VIEWS.find((name) => `#${name}` === location.hash) ?? "live";

function firstTheme(): Theme {
  const chosen = localStorage.getItem(THEME_KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
