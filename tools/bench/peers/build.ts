import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const PEER_NAMES = [
  "empty",
  "empty-handler",
  "bare-signer",
  "bare-sender",
  "trigger-each",
  "powertools-relay",
  "bare-relay",
  "json-round-trip",
  "express-auth",
  "hono-auth",
  "bare-auth",
  "bare-token-auth",
] as const;
export type PeerName = (typeof PEER_NAMES)[number];

/** CommonJS dependencies need `require` inside an ES module. Everything else is esbuild's default. */
const requireBanner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Where a peer's bundle is, among those built into a directory. */
export const peerPath = (directory: string, name: PeerName): string => join(directory, `${name}.mjs`);

/** Bundles every peer into a directory. */
export async function buildPeers(directory: string): Promise<void> {
  await build({
    entryPoints: PEER_NAMES.map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))),
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: requireBanner },
  });
}
