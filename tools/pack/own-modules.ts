import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";

let known: Readonly<Record<string, string>> | undefined;

/** Every import of a package of this repository, and the source that it leads to, from the root. */
export function ownModules(root: string): Readonly<Record<string, string>> {
  known ??= Object.fromEntries(
    globSync(["functions/package.json", "packages/*/package.json"], { cwd: root }).flatMap((path) => {
      const { name, exports = {} } = JSON.parse(readFileSync(posix.join(root, path), "utf8"));
      return Object.entries(exports).map(([subpath, source]) => [
        posix.join(name, subpath),
        posix.join(posix.dirname(path), String(source)),
      ]);
    }),
  );
  return known;
}
