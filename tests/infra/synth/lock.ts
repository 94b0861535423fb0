import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("../../../.sst/synthesis.lock", import.meta.url));
const CHECK_MS = 500;

/** Locks `.sst`, which all runs in this folder share. Returns a function that releases the lock. */
export async function lockSst(): Promise<() => Promise<void>> {
  await mkdir(new URL("../../../.sst/", import.meta.url), { recursive: true });
  while (!(await tryLock())) await sleep(CHECK_MS);
  return () => rm(FILE, { force: true });
}

async function tryLock(): Promise<boolean> {
  try {
    await writeFile(FILE, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    // A killed run leaves its lock behind.
    if (!isAlive(Number(await readFile(FILE, "utf8").catch(() => "")))) await rm(FILE, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
