import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Badge as BadgeText } from "../model/badges.ts";

export const Badge = ({ text, tone, title }: BadgeText) => (
  <span class={`badge badge-${tone}`} title={title}>
    {text}
  </span>
);

interface EmptyProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** An empty state: it explains what to do. */
export const Empty = ({ title, children }: EmptyProps) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
);

const COPIED_MS = 1_500;

export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      {isCopied ? "Copied" : label}
    </button>
  );
}
