import { onTestFinished, vi } from "vitest";
import { PusherClient } from "./pusher-server.ts";

/** The parts of a WebSocket that `pusher-js` uses. It sets the handlers. */
class ScriptedSocket {
  onopen?: () => void;
  onmessage?: (message: { readonly data: string }) => void;
  onclose?: (reason: { readonly code: number; readonly wasClean: boolean }) => void;

  constructor(socketId: string) {
    setTimeout(() => {
      this.onopen?.();
      this.#receive("pusher:connection_established", undefined, { socket_id: socketId, activity_timeout: 120 });
    });
  }

  send(text: string): void {
    const { event, data } = JSON.parse(text);
    if (event === "pusher:subscribe") this.#receive("pusher_internal:subscription_succeeded", data.channel, {});
    if (event === "pusher:ping") this.#receive("pusher:pong", undefined, {});
  }

  close(): void {
    this.onclose?.({ code: 1001, wasClean: true });
  }

  #receive(event: string, channel: string | undefined, data: object): void {
    this.onmessage?.({ data: JSON.stringify({ event, channel, data: JSON.stringify(data) }) });
  }
}

/** Gives each `pusher-js` of a test sockets without a network, so that a thousand pages can live on a fake clock. */
export function scriptSockets() {
  let sockets: ScriptedSocket[] = [];
  let connections = 0;
  const connect = vi.spyOn(PusherClient.Runtime, "createWebSocket").mockImplementation(() => {
    const socket = new ScriptedSocket(`1.${++connections}`);
    sockets.push(socket);
    // Its type has the handlers as required members.
    return socket as never;
  });
  onTestFinished(() => connect.mockRestore());
  return {
    /** Closes every connection, as a server that restarts. New ones succeed at once. */
    restart(): void {
      const open = sockets;
      sockets = [];
      for (const socket of open) socket.close();
    },
  };
}
