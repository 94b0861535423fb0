/** Prints the time and the CPU time that a fresh process takes to import a module: `import-cost.ts <module>`. */
import { pathToFileURL } from "node:url";

const url = pathToFileURL(process.argv[2] ?? "").href;
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await import(url);
const wallMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
process.stdout.write(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000 }));
