import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { projectFiles } from "./files.ts";
import { importsIn } from "./imports.ts";
import { type Finding, report } from "./report.ts";

/** Folders that may import every other folder. */
export const FREE_FOLDERS: readonly string[] = ["tests", "tools"];

/**
 * The folders that each folder may import, as in docs/architecture.md. A longer path counts first.
 * `functions/relay` and the other functions are separate, so that no function imports another.
 */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  "packages/codes": [],
  "packages/command-line": [],
  "packages/loopback": [],
  "packages/events": ["packages/codes"],
  "packages/routing": ["packages/codes", "packages/events"],
  "packages/dead-letter": ["packages/codes"],
  "packages/producer": ["packages/codes", "packages/command-line", "packages/events", "packages/routing"],
  "packages/pusher": ["packages/codes", "packages/routing"],
  "packages/settings": ["packages/pusher", "packages/routing"],
  "packages/access": ["packages/codes", "packages/routing", "packages/settings"],
  "packages/client": ["packages/routing"],
  // The types of the control API only.
  "packages/console": ["packages/client", "packages/local"],
  "packages/pusher-server": ["packages/command-line", "packages/loopback"],
  "packages/operations": [
    "packages/access",
    "packages/codes",
    "packages/command-line",
    "packages/dead-letter",
    "packages/pusher",
    "packages/routing",
    "packages/settings",
  ],
  "packages/local": [
    "functions",
    "functions/relay",
    "packages/access",
    "packages/client",
    "packages/command-line",
    "packages/dead-letter",
    "packages/events",
    "packages/loopback",
    "packages/operations",
    "packages/producer",
    "packages/pusher",
    "packages/pusher-server",
    "packages/routing",
    "packages/settings",
  ],
  functions: ["packages/codes", "packages/events", "packages/pusher", "packages/routing", "packages/settings"],
  "functions/relay": [
    "functions",
    "packages/codes",
    "packages/dead-letter",
    "packages/events",
    "packages/pusher",
    "packages/routing",
    "packages/settings",
  ],
  "functions/auth": [
    "functions",
    "packages/access",
    "packages/codes",
    "packages/pusher",
    "packages/routing",
    "packages/settings",
  ],
  "functions/test-event": ["functions", "packages/codes", "packages/pusher", "packages/routing", "packages/settings"],
  "functions/webhook": ["functions", "packages/codes", "packages/pusher", "packages/settings"],
  infra: ["functions", "packages/codes", "packages/settings", "tools/build.ts"],
  "tools/build.ts": ["functions"],
  examples: [],
  // Small repositories of their own, which install the packages.
  "examples/testing": ["packages/local", "packages/producer"],
  "examples/outbox": ["packages/producer"],
  "examples/web": ["examples", "packages/client", "packages/command-line", "packages/local", "packages/producer"],
};

const SCOPE = "@realtime-gateway/";

/** The folder of the table that holds a path. */
const folderOf = (path: string): string | undefined =>
  [...Object.keys(ARROWS), ...FREE_FOLDERS]
    .filter((folder) => path === folder || path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];

/** The path that an import leads to, if it leads to another file of the project. */
export function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(path), specifier);
  if (!specifier.startsWith(SCOPE)) return undefined;
  const [name = "", ...rest] = specifier.slice(SCOPE.length).split("/");
  return [name === "functions" ? name : `packages/${name}`, ...rest].join("/");
}

/** The arrows that no entry of the table allows, and the relative imports that leave a package. */
export function arrowFindings(path: string, source: string): readonly Finding[] {
  const from = folderOf(path);
  if (from === undefined || FREE_FOLDERS.includes(from)) return [];
  return importsIn(source).flatMap(({ line, specifier }) => {
    const target = targetOf(path, specifier);
    if (target === undefined) return [];
    const to = folderOf(target);
    const place = `${path}:${line}`;
    const isAllowed = to === from || (to !== undefined && ARROWS[from]?.includes(to) === true);
    if (!isAllowed) return [{ place, problem: `${from} must not import ${to ?? target}: see tools/check/arrows.ts` }];
    const leavesPackage = specifier.startsWith(".") && to !== from && to?.startsWith("packages/") === true;
    if (leavesPackage && !from.startsWith("infra"))
      return [{ place, problem: `a relative import of ${to}: import the package by its name` }];
    return [];
  });
}

/** Packages that the table does not name. */
export const unknownFolders = (manifests: readonly string[]): readonly Finding[] =>
  manifests
    .filter((path) => folderOf(path) === undefined && path !== "package.json")
    .map((place) => ({ place, problem: "a package without arrows: add it to tools/check/arrows.ts" }));

if (import.meta.main)
  report("arrows", [
    ...unknownFolders(projectFiles("package.json", "**/package.json")),
    ...projectFiles("*.ts", "*.tsx").flatMap((path) => arrowFindings(path, readFileSync(path, "utf8"))),
  ]);
