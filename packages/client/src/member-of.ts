/** A member of a value of unknown type, by its path. */
export const memberOf = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((at: unknown, name): unknown => Object(at)[name], value);
