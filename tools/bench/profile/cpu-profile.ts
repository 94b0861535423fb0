import * as z from "zod/mini";

/** The format of V8's profiler: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
const schema = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.int() }),
      children: z.optional(z.array(z.int())),
    }),
  ),
  samples: z.array(z.int()),
  /** Microseconds since the sample before. */
  timeDeltas: z.array(z.number()),
});

/** A function at one place of the call tree. */
export interface Frame {
  readonly name: string;
  readonly selfMs: number;
  /** Its own time and that of all it calls. */
  readonly totalMs: number;
  readonly children: readonly Frame[];
}

/** The call tree of a `.cpuprofile`. */
export function readCpuProfile(json: string): Frame {
  const { nodes, samples, timeDeltas } = schema.parse(JSON.parse(json));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const selfMs = new Map<number, number>();
  for (const [index, id] of samples.entries()) selfMs.set(id, (selfMs.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  const frameOf = (id: number): Frame => {
    const { callFrame, children: ids = [] } = byId.get(id) ?? { callFrame: UNKNOWN };
    const children = ids
      .filter((child) => byId.get(child)?.callFrame.url !== PROFILER)
      .map(frameOf)
      .filter(({ totalMs }) => totalMs > 0);
    const self = selfMs.get(id) ?? 0;
    const totalMs = children.reduce((sum, child) => sum + child.totalMs, self);
    return { name: nameOf(callFrame), selfMs: self, totalMs, children };
  };
  const [root] = nodes;
  if (root === undefined) throw new TypeError("the profile has no call tree");
  return frameOf(root.id);
}

/** It is on the stack while it is switched on and off. */
const PROFILER = "node:inspector";

const UNKNOWN = { functionName: "(unknown)", url: "", lineNumber: 0 };

/** The function, and in which file: without folders, which differ from machine to machine. */
const nameOf = ({ functionName, url, lineNumber }: typeof UNKNOWN): string =>
  `${functionName || "(anonymous)"} ${url === "" ? "" : `${url.slice(url.lastIndexOf("/") + 1)}:${lineNumber + 1}`}`.trim();

/** Own time by function, wherever it was called from; the most first. */
export function ownTimes(root: Frame): readonly (readonly [name: string, selfMs: number])[] {
  const byName = new Map<string, number>();
  const visit = ({ name, selfMs, children }: Frame): void => {
    byName.set(name, (byName.get(name) ?? 0) + selfMs);
    for (const child of children) visit(child);
  };
  visit(root);
  return [...byName].sort(([, a], [, b]) => b - a);
}
