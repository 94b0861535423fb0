/** The gateway's own limits: what is larger would be refused there. */
export const MAX_BODY_BYTES = 65_536;
const MAX_CHANNELS = 100;

export interface AskedChannels {
  readonly socketId: string;
  readonly channels: readonly string[];
  /** Asked for by the `pusher-js-auth` plugin, which expects an answer for each. */
  readonly batched: boolean;
}

/** The form that `pusher-js` sends; undefined when it is none, or too long. */
export async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded" || request.body === null) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return new URLSearchParams(text + decoder.decode());
}

export function readChannels(form: URLSearchParams): AskedChannels | undefined {
  const socketId = only(form, "socket_id");
  const indexed = [...form.keys()].filter((name) => /^channel_name\[\d{1,4}\]$/.test(name));
  const batched = indexed.length > 0;
  // With both forms at once, what is checked here and what is signed there could differ.
  if (batched === form.has("channel_name") || indexed.length > MAX_CHANNELS) return undefined;
  const channels = (batched ? indexed : ["channel_name"]).map((name) => only(form, name));
  if (!socketId || !channels.every((channel) => channel !== undefined)) return undefined;
  return { socketId, channels, batched };
}

/** A field that stands there once: of two, each reader might take another. */
export function only(form: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = form.getAll(name);
  return more.length === 0 ? value : undefined;
}
