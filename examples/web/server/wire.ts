import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

const LOOPBACK = "127.0.0.1";

/** The way from the pages to the Pusher server, which the page can cut. */
export interface Wire {
  readonly port: number;
  isCut(): boolean;
  /** Closes every connection, as a lost network does. New ones get no answer. */
  cut(): void;
  /** Answers the connections that are open by now. */
  restore(): void;
  stop(): Promise<void>;
}

/** Listens on a port, and passes each connection on to the target port. */
export async function startWire(port: number, targetPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const unanswered = new Set<Socket>();
  let cut = false;

  const track = (socket: Socket, other: () => Socket | undefined): void => {
    sockets.add(socket);
    // A lost connection is what this demonstrates: the other side only has to close, too.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      unanswered.delete(socket);
      other()?.destroy();
    });
  };
  const answer = (near: Socket): void => {
    const far = connect(targetPort, LOOPBACK);
    track(far, () => near);
    near.on("close", () => far.destroy());
    near.pipe(far).pipe(near);
  };
  const closeAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  const server = createServer({ pauseOnConnect: true }, (near) => {
    track(near, () => undefined);
    if (cut) unanswered.add(near);
    else answer(near);
  });
  server.listen(port, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the wire listens on no port");
  return {
    port: address.port,
    isCut: () => cut,
    cut: () => {
      cut = true;
      closeAll();
    },
    restore: () => {
      cut = false;
      for (const near of unanswered) answer(near);
      unanswered.clear();
    },
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      closeAll();
      await closed;
    },
  };
}
