/** Prints how many milliseconds a fresh process takes to import a module: `import-clock.ts <module>`. */
import { pathToFileURL } from "node:url";

const url = pathToFileURL(process.argv[2] ?? "").href;
const startedAt = performance.now();
await import(url);
const tookMs = performance.now() - startedAt;
process.stdout.write(String(tookMs));
