export interface Setup {
  readonly nodeVersion: string;
  /** The names in package.json. */
  readonly packages: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Looks for a path below `node_modules`. */
  isInstalled(path: string): boolean;
}

export declare function setupProblem(setup: Setup): string | undefined;
