/** Ends this process when its parent ends, which closes stdin. Runs in its own thread, as a handler may block the main one. */
import { Socket } from "node:net";

new Socket({ fd: 0 }).on("close", () => process.kill(process.pid, "SIGKILL")).resume();
