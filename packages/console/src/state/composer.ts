import { computed, effect, signal } from "@preact/signals";
import type { PublicationPreview } from "@realtime-gateway/local/control";
import type { ControlProblem } from "../api/answer.ts";
import type { ComposableEvent, ControlApi } from "../api/control-api.ts";
import { playedAudit } from "../model/audit-scene.ts";
import { type EventDraft, envelopeText, sampleDraft } from "../model/draft.ts";
import { countText } from "../model/texts.ts";
import type { Notices } from "./notices.ts";

/** Makes events: the draft, its preview, and the ways to send it. */
export type Composer = ReturnType<typeof createComposer>;

export type DraftPreview = { readonly problem: ControlProblem } | { readonly answer: PublicationPreview };

interface ComposerDeps {
  readonly api: Pick<ControlApi, "preview" | "send">;
  readonly notices: Notices;
  readonly catalog: () => readonly ComposableEvent[];
  /** Prepares the page to receive the events of an audit. */
  readonly beforeAudit: (id: string) => Promise<void>;
}

const PREVIEW_PAUSE_MS = 150;
const PLAY_PAUSE_MS = 150;
/** The control API takes 10 MiB. */
const MAX_REQUEST_CHARACTERS = 4_000_000;

export function createComposer({ api, notices, catalog, beforeAudit }: ComposerDeps) {
  const draft = signal<EventDraft>({ type: "", data: "{}", id: "" });
  const preview = signal<DraftPreview | undefined>(undefined);
  const sentKeys = signal<readonly string[]>([]);
  const isPlaying = signal(false);

  const stamped = ({ id, ...rest }: EventDraft): string =>
    envelopeText({ ...rest, id }, { id: id === "" ? newId() : id, time: new Date().toISOString() });

  let newest = 0;
  async function check(checked: EventDraft): Promise<void> {
    newest += 1;
    const number = newest;
    const answer = await api.preview(stamped(checked));
    // An answer for an older text would contradict the form.
    if (number !== newest) return;
    preview.value = answer.ok ? { answer: answer.value } : { problem: answer.problem };
  }

  effect(() => {
    const checked = draft.value;
    if (checked.type === "") return undefined;
    const timer = setTimeout(() => void check(checked), PREVIEW_PAUSE_MS);
    return () => clearTimeout(timer);
  });

  /** Resolves with the message ids of the events in the queue. */
  async function post(bodies: readonly string[]): Promise<readonly string[]> {
    const keys: string[] = [];
    for (const part of inParts(bodies)) {
      const answer = notices.valueOf(await api.send(part.length === 1 ? (part[0] ?? "") : `[${part.join(",")}]`));
      for (const each of [answer].flat()) {
        const { message_id: id }: { readonly message_id?: unknown } = Object(each);
        if (typeof id === "string") keys.push(id);
      }
    }
    return keys;
  }

  return {
    draft,
    preview,
    sentKeys,
    isPlaying,
    definition: computed(() => catalog().find(({ event }) => event === draft.value.type)),
    choose(type: string): void {
      const sample = catalog().find(({ event }) => event === type)?.sample ?? {};
      draft.value = sampleDraft(type, sample);
    },
    edit(changes: Partial<EventDraft>): void {
      draft.value = { ...draft.value, ...changes };
    },
    /** Sends a message as it is. Resolves with its key. */
    async resend(body: string): Promise<string | undefined> {
      const [key] = await post([body]);
      return key;
    },
    async send(times: number): Promise<void> {
      const keys = await post(Array.from({ length: times }, () => stamped(draft.value)));
      sentKeys.value = keys;
      if (keys.length > 0)
        notices.say(`${keys.length === 1 ? "1 event is" : `${countText(keys.length)} events are`} in the queue`);
    },
    async playAudit(): Promise<void> {
      if (isPlaying.value) return;
      isPlaying.value = true;
      const id = newId().slice(0, 6);
      await beforeAudit(id);
      const sampleOf = (type: string) => catalog().find(({ event }) => event === type)?.sample;
      for (const { type, data } of playedAudit(sampleOf, id)) {
        const [key] = await post([stamped({ type, data: JSON.stringify(data), id: "" })]);
        if (key === undefined) break;
        await new Promise((resolve) => setTimeout(resolve, PLAY_PAUSE_MS));
      }
      isPlaying.value = false;
    },
  };
}

/** `randomUUID` exists on 127.0.0.1 and localhost only, not on other names of this machine. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function inParts(bodies: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const body of bodies) {
    characters += body.length;
    if (characters > MAX_REQUEST_CHARACTERS) {
      parts.push([]);
      characters = body.length;
    }
    parts.at(-1)?.push(body);
  }
  return parts;
}
