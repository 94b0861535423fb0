import { answers, type Conduct } from "./neighbour.ts";

const CHUNK = Buffer.alloc(65_536, " ");

/** An answer that goes on until the client closes the connection. */
export function endless(status = 200): {
  readonly conduct: Conduct;
  readonly ended: Promise<void>;
  readonly bytesWritten: () => number;
} {
  const ended = Promise.withResolvers<void>();
  let bytes = 0;
  const conduct: Conduct = (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    const more = (): void => {
      do bytes += CHUNK.length;
      while (!response.destroyed && response.write(CHUNK));
    };
    response.on("drain", more);
    response.on("close", ended.resolve);
    more();
  };
  return { conduct, ended: ended.promise, bytesWritten: () => bytes };
}

/** An answer that begins and then stops. */
const stalling: Conduct = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"keys":');
};

/** Faults of a server whose client expects JSON. */
export const FAULTS: readonly (readonly [name: string, conduct: Conduct])[] = [
  ["does not answer", () => undefined],
  ["stops in the middle", stalling],
  ["closes the connection", (response) => response.socket?.destroy()],
  [
    "closes the connection in the middle",
    (response) => response.writeHead(200).write("{", () => response.socket?.destroy()),
  ],
  ["answers HTML with 200", answers(200, "<!doctype html><title>Sign in</title>", { "content-type": "text/html" })],
  ["answers other JSON", answers(200, { error: "x" })],
  ["answers a list", answers(200, [])],
  ["answers malformed keys", answers(200, { keys: [null] })],
  ["answers null", answers(200, "null")],
  ["answers 200 without a body", answers(200, "")],
  ["answers 204", answers(204)],
  ["answers 500", answers(500, "<h1>Internal Server Error</h1>")],
  ["answers 404", answers(404, "{}")],
  ["answers 429", answers(429, "{}", { "retry-after": "1" })],
  ["redirects", answers(302, undefined, { location: "http://127.0.0.1:1/" })],
  ["redirects to itself", answers(307, undefined, { location: "/jwks.json" })],
  ["answers without an end", (response, request) => endless().conduct(response, request)],
  ["fails without an end", (response, request) => endless(500).conduct(response, request)],
];
