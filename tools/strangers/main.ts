/**
 * `npm run strangers`: clients in other languages drive the packed Pusher server over the HTTP API, the WebSocket and the control
 * API. It names each language that is missing on this machine. It exits with 1 if a session fails, or if no session ran.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { buildPackage } from "../pack/pack.ts";
import { RECIPES } from "../pack/recipes.ts";
import { LANGUAGES, programFor, runSession } from "./languages.ts";

const BUILT = fileURLToPath(new URL("../../dist/packages/pusher-server/", import.meta.url));

/** Each client prints this: the statuses of its calls, and the event as it arrived. */
const EXPECTED = {
  published: 200,
  received: { text: "hé" },
  waited: { text: "hé" },
  wrongSecret: 401,
  fault: 503,
  afterReset: 200,
};

for (const recipe of RECIPES.filter(({ folder }) => folder === "pusher-server")) await buildPackage(recipe, BUILT);
const server = spawn(process.execPath, [`${BUILT}dist/bin/pusher-server.js`, "--port", "0", "--json"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [ready] = await once(createInterface({ input: server.stdout }), "line");
const address: { readonly host: string; readonly port: number } = JSON.parse(ready);

let passed = 0;
const missing: string[] = [];
const failed: string[] = [];
for (const language of LANGUAGES) {
  const program = await programFor(language);
  if (program === undefined) {
    missing.push(language.name);
    console.error(`MISSING: ${language.name} (Debian: apt-get install ${language.packages})`);
    continue;
  }
  const result = await runSession(language, program, address).catch((error: unknown) => String(error));
  if (isDeepStrictEqual(result, EXPECTED)) {
    passed += 1;
    console.log(`passed: ${language.name} (${program})`);
  } else {
    failed.push(language.name);
    console.error(`FAILED: ${language.name} (${program}): ${JSON.stringify(result)}`);
  }
}
server.kill();
await once(server, "exit");
console.log(`${passed} passed, ${failed.length} failed, ${missing.length} missing`);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
