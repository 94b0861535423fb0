/**
 * Many pages in one process: `pages-process.ts <way> <pages> <audits per page> <Pusher port> <authorization URL>`. The first message
 * opens the pages. Each message is answered with the times of the reads, once every page has read each of its audits once more.
 */
import { globalAgent } from "node:http";
import { createRequire } from "node:module";
import type { PageSetup } from "./page-setup.ts";
import { PAGE_WAYS, type PageWay } from "./page-ways.ts";

const [way = "", pageCount = "", auditCount = "", port = "", authUrl = ""] = process.argv.slice(2);
const isWay = (name: string): name is PageWay => name in PAGE_WAYS;
if (!isWay(way)) throw new RangeError(`no way is called ${way}`);
const openPage = PAGE_WAYS[way];
// The types of `pusher-js` declare a default export. Node loads the class itself.
const Pusher: PageSetup["Pusher"] = createRequire(import.meta.url)("pusher-js");
const pages = Number(pageCount);
const audits = Number(auditCount);

// `pusher-js` requests over this agent. A browser allows each page six requests at a time; one spares this machine.
globalAgent.maxSockets = pages;

let readsAtMs: number[] = [];
let isOpen = false;

process.on("message", () => {
  if (isOpen) return;
  isOpen = true;
  for (let page = 0; page < pages; page += 1) open(page);
});
process.on("disconnect", () => process.exit());

function open(page: number): void {
  openPage({
    Pusher,
    key: "bench-key",
    options: { cluster: "local", wsHost: "127.0.0.1", wsPort: Number(port), forceTLS: false, enableStats: false },
    authUrl,
    audits: Array.from({ length: audits }, (_, audit) => page * audits + audit),
    read,
  });
}

function read(): void {
  readsAtMs.push(Date.now());
  if (readsAtMs.length < pages * audits) return;
  process.send?.(readsAtMs);
  readsAtMs = [];
}
