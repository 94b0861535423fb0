/** The gateway's own limits. It rejects more. */
export const MAX_BODY_BYTES = 65_536;
const MAX_CHANNELS = 100;

export interface AskedChannels {
  readonly socketId: string;
  readonly channels: readonly string[];
  /** The `pusher-js-auth` plugin sent the request and expects an answer per channel. */
  readonly batched: boolean;
}

/** The fields of a form, as `pusher-js` sends it, or of a JSON object. `undefined` if the body is something else or too long. */
export async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  // With a content type of its own, `pusher-js` sends a list of two.
  const [type = ""] = (request.headers.get("content-type") ?? "").split(/[;,]/);
  const text = await readText(request);
  if (text === undefined) return undefined;
  switch (type.trim().toLowerCase()) {
    case "application/x-www-form-urlencoded":
      return new URLSearchParams(text);
    case "application/json":
      return formOfJson(text);
    default:
      return undefined;
  }
}

async function readText({ body }: Request): Promise<string | undefined> {
  if (body === null) return undefined;
  // `for await` does not type-check with the `dom` types that Next.js chooses.
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(read.value, { stream: true });
  }
  return text + decoder.decode();
}

/** A list in `channel_name` is a batch. */
function formOfJson(text: string): URLSearchParams | undefined {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(objectIn(text))) {
    const fields = Array.isArray(value) ? value.map((item, at) => [`${name}[${at}]`, item]) : [[name, value]];
    for (const [field, item] of fields) {
      if (typeof item !== "string") return undefined;
      form.append(field, item);
    }
  }
  return form;
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

export function readChannels(form: URLSearchParams): AskedChannels | undefined {
  const socketId = only(form, "socket_id");
  const indexed = [...form.keys()].filter((name) => /^channel_name\[\d{1,4}\]$/.test(name));
  const batched = indexed.length > 0;
  // With both forms at once, the gateway could sign another name than the one checked here.
  if (batched === form.has("channel_name") || indexed.length > MAX_CHANNELS) return undefined;
  const channels = (batched ? indexed : ["channel_name"]).map((name) => only(form, name));
  if (!socketId || !channels.every((channel) => channel !== undefined)) return undefined;
  return { socketId, channels, batched };
}

/** Rejects a duplicate field. The gateway could read the other one. */
export function only(form: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = form.getAll(name);
  return more.length === 0 ? value : undefined;
}
