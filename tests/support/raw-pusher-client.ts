import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { APP, authorize, type ServerAddress } from "./pusher-server.ts";

export interface RawFrame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

/** A WebSocket client that sends and receives the frames themselves, without a library. */
export interface RawClient {
  readonly socket: WebSocket;
  readonly socketId: string;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(frame: RawFrame): void;
  sendText(text: string | Buffer): void;
  /** Resolves with the first frame of this event that no earlier call took. */
  next(event: string): Promise<RawFrame>;
  /** Subscribes as this user. Resolves when the subscription has succeeded. */
  join(channel: string, userData?: object): Promise<RawFrame>;
  /** Sends a ping and resolves with all frames that arrived before its answer and that no call took. */
  settled(): Promise<readonly RawFrame[]>;
}

export function parseData(frame: RawFrame): unknown {
  return typeof frame.data === "string" ? JSON.parse(frame.data) : frame.data;
}

function createInbox(socket: WebSocket) {
  let frames: RawFrame[] = [];
  let arrived: () => void = () => {};
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    arrived();
  });
  const next = async (event: string): Promise<RawFrame> => {
    for (;;) {
      const frame = frames.find((candidate) => candidate.event === event);
      if (frame !== undefined) {
        frames = frames.filter((candidate) => candidate !== frame);
        return frame;
      }
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  return { next, all: (): readonly RawFrame[] => frames };
}

export function openSocket(
  { host, port }: ServerAddress,
  target = `/app/${APP.key}?protocol=7&client=raw&version=1.0`,
) {
  const socket = new WebSocket(`ws://${host}:${port}${target}`);
  onTestFinished(() => socket.terminate());
  const closed = once(socket, "close").then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  return { socket, closed, inbox: createInbox(socket) };
}

export async function rawClientOf(server: ServerAddress, target?: string): Promise<RawClient> {
  const { socket, closed, inbox } = openSocket(server, target);
  const established = await inbox.next("pusher:connection_established");
  const socketId = /"socket_id":"([\d.]+)"/.exec(String(established.data))?.[1] ?? "";
  const send = (frame: RawFrame): void => socket.send(JSON.stringify(frame));
  return {
    socket,
    socketId,
    closed,
    send,
    sendText: (text) => socket.send(text),
    next: inbox.next,
    join(channel, userData) {
      const signed = /^(?:private|presence)-/.test(channel) ? authorize(server, socketId, channel, userData) : {};
      send({ event: "pusher:subscribe", data: { channel, ...signed } });
      return inbox.next("pusher_internal:subscription_succeeded");
    },
    async settled() {
      send({ event: "pusher:ping" });
      await inbox.next("pusher:pong");
      return inbox.all();
    },
  };
}
