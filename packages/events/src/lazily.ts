/** Made when it is first asked for, and then kept: most of the catalog is never checked by a function that has just started. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
