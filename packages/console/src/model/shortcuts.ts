/** A key of the page, and its use. The help lists them in this order. */
export const SHORTCUTS = [
  { key: "/", use: "Filter the events" },
  { key: "space", use: "Pause or continue the list" },
  { key: "j", use: "Select the next event" },
  { key: "k", use: "Select the event before" },
  { key: "Enter", use: "Explain the selected event" },
  { key: "Escape", use: "Close the explanation" },
  { key: "r", use: "Send the selected event again" },
  { key: "e", use: "Edit the selected event, then send it" },
  { key: "c", use: "Compose an event" },
  { key: "1 … 5", use: "Go to live, compose, break it, channels, queue" },
  { key: "?", use: "Show this help" },
] as const;

export type PageCommand =
  | "filter"
  | "pause"
  | "next"
  | "previous"
  | "open"
  | "close"
  | "resend"
  | "edit"
  | "compose"
  | "help"
  | { readonly view: number };

const COMMANDS: Readonly<Record<string, PageCommand>> = {
  "/": "filter",
  " ": "pause",
  j: "next",
  k: "previous",
  Enter: "open",
  Escape: "close",
  r: "resend",
  e: "edit",
  c: "compose",
  "?": "help",
};

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The focused element of the page. `field`: its user types text there. `control`: it has its own use for Enter and space. */
export type KeyTarget = "page" | "control" | "field";

/** The command of a key. Browser shortcuts and typed text have none. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: KeyPress, target: KeyTarget): PageCommand | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (target === "field") return key === "Escape" ? "close" : undefined;
  if (target === "control" && (key === "Enter" || key === " ")) return undefined;
  if (/^[1-5]$/.test(key)) return { view: Number(key) - 1 };
  return COMMANDS[key];
}
