/**
 * The clients of one server: `clients-process.ts <url> <connections> [<first frame>]`. Its first message connects them. Each
 * message is a number of frames: the answer comes once so many frames have arrived since the last answer.
 */
import { WebSocket } from "ws";

const [url = "", connections = "0", firstFrame] = process.argv.slice(2);
/** The backlog of a listening socket holds 511 connections. */
const AT_ONCE = 200;

let arrived = 0;
let expected = Number.POSITIVE_INFINITY;
const connected = connectAll();

process.on("message", async (frames) => {
  await connected;
  expected = Number(frames);
  answer();
});

function answer(): void {
  if (arrived < expected) return;
  process.send?.(arrived);
  arrived = 0;
  expected = Number.POSITIVE_INFINITY;
}

async function connectAll(): Promise<void> {
  for (let count = Number(connections); count > 0; count -= AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(count, AT_ONCE) }, connect));
}

/** Resolves once the client gets the events: after its subscription, if it has one. */
function connect(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const ready = (): void => {
      socket.removeAllListeners("message");
      socket.on("message", () => {
        arrived += 1;
        answer();
      });
      resolve();
    };
    socket.once("error", reject);
    if (firstFrame === undefined) socket.once("open", ready);
    else
      socket.on("message", (data) => {
        if (String(data).includes("connection_established")) socket.send(firstFrame);
        else ready();
      });
  });
}
