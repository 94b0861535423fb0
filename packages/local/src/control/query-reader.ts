/** Reads the parameters of a query, and collects what is wrong with them. */
export interface QueryReader {
  text(name: string): string | undefined;
  /** A whole number within the limits. */
  integer(name: string, min: number, max: number): number | undefined;
  /** Words of a list, separated by commas. */
  words<Word extends string>(name: string, allowed: readonly Word[]): readonly Word[] | undefined;
  /** Every mistake. To call after the last parameter, because it also names parameters without a meaning. */
  complaints(): readonly string[];
}

export function createQueryReader(query: URLSearchParams): QueryReader {
  const known = new Set<string>();
  const complaints: string[] = [];
  function text(name: string): string | undefined {
    known.add(name);
    return query.get(name) ?? undefined;
  }
  return {
    text,
    integer(name, min, max) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (/^\d+$/.test(value) && number >= min && number <= max) return number;
      complaints.push(`${name} must be a whole number from ${min} to ${max}`);
      return undefined;
    },
    words(name, allowed) {
      const given = text(name)?.split(",").filter(Boolean);
      const words = allowed.filter((word) => given?.includes(word));
      if (given?.some((word) => !allowed.some((each) => each === word)))
        complaints.push(`${name} must be of ${allowed.join(", ")}`);
      return given && words;
    },
    complaints: () => [
      ...complaints,
      ...[...new Set(query.keys())].filter((name) => !known.has(name)).map((name) => `${name} is no parameter`),
    ],
  };
}
