import { printable } from "@realtime-gateway/command-line";
import type { ChannelForm } from "@realtime-gateway/routing";
import type { ReportedChannel } from "../messages/event-report.ts";
import type { Page } from "./page.ts";

const PREFIXES: Readonly<Record<ChannelForm, string>> = {
  public: "",
  private: "private-",
  encrypted: "private-encrypted-",
  presence: "presence-",
};
const LISTENERS = ", LISTENERS";

/** The last column of an event's row: its channels, each with the number of its listeners. */
export interface ChannelsCell {
  readonly header: string;
  textOf(channels: readonly ReportedChannel[]): string;
}

/** In a narrow page, the names leave out the prefix that all of them have. The header shows it. */
export function createChannelsCell(
  { wide, restWidth }: Pick<Page, "wide" | "restWidth">,
  form: ChannelForm,
): ChannelsCell {
  const prefix = wide && form !== "encrypted" ? "" : PREFIXES[form];
  const title = prefix === "" ? "CHANNELS" : `${prefix}…`;
  const short = (name: string): string => printable(name.startsWith(prefix) ? name.slice(prefix.length) : name);
  return {
    header: title.length + LISTENERS.length <= restWidth ? title + LISTENERS : title,
    textOf(channels) {
      const names = channels.map(({ name }) => short(name));
      if (channels.length > 0 && channels.every(({ listeners }) => listeners === 0))
        return `${names.join(", ")}: 0 listeners`;
      return channels.map(({ listeners }, index) => [names[index], listeners].join(" ").trimEnd()).join(", ");
    },
  };
}
