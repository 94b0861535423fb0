/**
 * Ends this process when its parent is gone, which stdin tells by closing. In a thread of its own, as a handler may
 * never give way.
 */
import { Socket } from "node:net";

new Socket({ fd: 0 }).on("close", () => process.kill(process.pid, "SIGKILL")).resume();
