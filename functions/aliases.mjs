import { fileURLToPath } from "node:url";

// JavaScript, because SST's bundler loads this file with whatever `node` the deployer has. Without type stripping, SST waits
// for the plugin for ever.

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The functions' bundles resolve these imports to our own files. Decision 011 has the figures. */
export const aliases = {
  // 309 KB that `pusher` imports and never runs here: `packages/pusher` sends its requests.
  "node-fetch": here("platform/node-fetch.ts"),
  // 8 KB of the same kind. Without this line the relay exceeds its budget (`tests/integration/budgets`).
  "abort-controller": here("platform/abort-controller.ts"),
  // 35 KB, a quarter of the relay, for encryption that `packages/pusher` does itself.
  tweetnacl: here("platform/nacl.ts"),
  "tweetnacl-util": here("platform/nacl.ts"),
  // 24 ms of CPU, a quarter of a relay's start: an `import` of `node:http` loads undici for one of its exports.
  "node:http": here("platform/node-http.ts"),
};
