import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startWire } from "../../../examples/web/server/wire.ts";

/** A server that echoes, behind a wire. */
async function startEcho() {
  const echo = createServer((socket) => socket.on("error", () => undefined).pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  onTestFinished(() => void echo.close());
  const address = echo.address();
  const wire = await startWire(0, typeof address === "object" ? (address?.port ?? 0) : 0);
  onTestFinished(() => wire.stop());
  const open = () => {
    const socket = connect(wire.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    return socket.on("error", () => undefined);
  };
  return { wire, open };
}

it("passes bytes in both directions", async () => {
  const { open } = await startEcho();
  const socket = open();
  socket.write("hello");
  expect(String(await once(socket, "data"))).toBe("hello");
});

it("closes every connection when it is cut", async () => {
  const { wire, open } = await startEcho();
  const socket = open();
  socket.write("hello");
  await once(socket, "data");
  wire.cut();
  await once(socket, "close");
  expect(wire.isCut()).toBe(true);
});

it("answers a connection from the cut once it is restored, with the bytes that it has sent", async () => {
  const { wire, open } = await startEcho();
  wire.cut();
  const socket = open();
  socket.write("sent while cut");
  await once(socket, "connect");
  wire.restore();
  expect(String(await once(socket, "data"))).toBe("sent while cut");
});

it("closes every connection when it stops", async () => {
  const { wire, open } = await startEcho();
  const socket = open();
  socket.write("hello");
  await once(socket, "data");
  await wire.stop();
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});
