/**
 * A process that runs a function and never stops it, for tests that kill it.
 * `local-runner-parent.ts <bundle> <env as JSON> <event as JSON>`
 */
import { createFunctionRunner } from "../../packages/local/src/lambda/function-runner.ts";

const [, , bundlePath = "", env = "{}", event = "null"] = process.argv;
const runner = createFunctionRunner({ name: "test", bundlePath, env: JSON.parse(env), timeoutMs: 60_000 });
await runner.invoke(JSON.parse(event));
setInterval(() => "alive", 60_000);
