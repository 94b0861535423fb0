import { readFileSync } from "node:fs";
import { projectFiles } from "./files.ts";
import { type Finding, lineAt, report } from "./report.ts";

const EXPORTED_TYPE = /^export (?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm;

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Exported types that share their name: a reader cannot see which one a sentence means. */
export function sharedNames(sources: readonly Source[]): readonly Finding[] {
  const places = new Map<string, string[]>();
  for (const { path, text } of sources)
    for (const match of text.matchAll(EXPORTED_TYPE)) {
      const name = match[1] ?? "";
      places.set(name, [...(places.get(name) ?? []), `${path}:${lineAt(text, match.index)}`]);
    }
  return [...places]
    .filter(([, at]) => at.length > 1)
    .map(([name, [place = "", ...others]]) => ({ place, problem: `${name} is also the name of ${others.join(", ")}` }));
}

if (import.meta.main)
  report(
    "names",
    sharedNames(projectFiles("*.ts", "*.tsx").map((path) => ({ path, text: readFileSync(path, "utf8") }))),
  );
