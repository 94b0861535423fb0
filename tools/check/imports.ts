import jsTokens from "js-tokens";

export interface Import {
  readonly line: number;
  readonly specifier: string;
}

/** Everything that TypeScript text imports: `import`, `export … from` and `import()`. */
export function importsIn(source: string): readonly Import[] {
  const imports: Import[] = [];
  let line = 1;
  let before: readonly string[] = [];
  for (const token of jsTokens(source)) {
    if (token.type === "StringLiteral" && isImport(before)) imports.push({ line, specifier: token.value.slice(1, -1) });
    line += token.value.split("\n").length - 1;
    if (!/^(?:WhiteSpace|LineTerminatorSequence|SingleLineComment|MultiLineComment)$/.test(token.type))
      before = [...before.slice(-1), token.value];
  }
  return imports;
}

const isImport = (before: readonly string[]): boolean => {
  const [first, last = first] = before;
  return last === "from" || last === "import" || (last === "(" && first === "import");
};
