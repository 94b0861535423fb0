/** A frame of server-sent events, with the JSON of its data parsed. */
export interface StreamFrame {
  readonly event: string;
  readonly id?: string;
  readonly data: unknown;
}

export interface StreamReader {
  /** The next frame of this event that the test accepts. */
  next(event: string, accepts?: (data: { readonly [member: string]: unknown }) => boolean): Promise<StreamFrame>;
  close(): Promise<void>;
}

/** Reads server-sent events as a browser does. */
export async function openEventStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StreamReader> {
  const closing = new AbortController();
  const response = await fetch(url, { headers, signal: closing.signal });
  if (response.body === null) throw new Error("The stream has no body");
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  async function frame(): Promise<StreamFrame> {
    for (;;) {
      const end = buffer.indexOf("\n\n");
      if (end !== -1) {
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return parseFrame(text);
      }
      const { value, done } = await chunks.read();
      if (done) throw new Error("The stream has ended");
      buffer += value;
    }
  }
  return {
    async next(event, accepts = () => true) {
      for (;;) {
        const next = await frame();
        if (next.event === event && accepts(Object(next.data))) return next;
      }
    },
    async close() {
      closing.abort();
      await chunks.cancel().catch(() => undefined);
    },
  };
}

function parseFrame(text: string): StreamFrame {
  const fields = new Map(
    text.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  const id = fields.get("id");
  return {
    event: fields.get("event") ?? "message",
    ...(id !== undefined && { id }),
    data: JSON.parse(fields.get("data") ?? "null"),
  };
}
