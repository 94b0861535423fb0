#!/usr/bin/env node
/** The oldest Node with everything that the stack uses. */
const OLDEST = [22, 13] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
if (isOld) {
  process.stderr.write(`local: needs Node ${OLDEST.join(".")} or newer, and this is ${process.versions.node}\n`);
  process.exitCode = 2;
} else {
  // An older Node cannot even load the modules of the stack.
  const { runLocal } = await import("./run-local.ts");
  await runLocal(process.argv.slice(2));
}

// A module, for the `await`.
export {};
