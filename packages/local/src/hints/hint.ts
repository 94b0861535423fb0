/** Advice for the developer about something that works and yet will not do what they expect. */
export interface Hint {
  readonly level: "hint";
  readonly code: "channel_hears_nothing" | "presence_hears_no_events" | "subscription_denied";
  readonly detail: string;
  /** The channel that it is about. */
  readonly channel: string;
}

export const hint = (code: Hint["code"], detail: string, channel: string): Hint => ({
  level: "hint",
  code,
  detail,
  channel,
});
