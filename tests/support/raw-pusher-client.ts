import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type Address, APP, authorize } from "./pusher-server.ts";

export interface Frame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

/** A WebSocket client with no library between it and the protocol. */
export interface RawClient {
  readonly socket: WebSocket;
  readonly socketId: string;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(frame: Frame): void;
  sendText(text: string | Buffer): void;
  /** The first frame with this event that was not taken yet. */
  next(event: string): Promise<Frame>;
  /** Subscribes as this user and waits until it succeeded. */
  join(channel: string, userData?: object): Promise<Frame>;
  /** Everything that arrived and was not taken before the server answered a ping sent now. */
  settled(): Promise<readonly Frame[]>;
}

export function parseData(frame: Frame): unknown {
  return typeof frame.data === "string" ? JSON.parse(frame.data) : frame.data;
}

function createInbox(socket: WebSocket) {
  let frames: Frame[] = [];
  let arrived: () => void = () => {};
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    arrived();
  });
  const next = async (event: string): Promise<Frame> => {
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
  return { next, all: (): readonly Frame[] => frames };
}

export function openSocket({ host, port }: Address, target = `/app/${APP.key}?protocol=7&client=raw&version=1.0`) {
  const socket = new WebSocket(`ws://${host}:${port}${target}`);
  onTestFinished(() => socket.terminate());
  const closed = once(socket, "close").then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  return { socket, closed, inbox: createInbox(socket) };
}

export async function rawClientOf(server: Address, target?: string): Promise<RawClient> {
  const { socket, closed, inbox } = openSocket(server, target);
  const established = await inbox.next("pusher:connection_established");
  const socketId = /"socket_id":"([\d.]+)"/.exec(String(established.data))?.[1] ?? "";
  const send = (frame: Frame): void => socket.send(JSON.stringify(frame));
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
