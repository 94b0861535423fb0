/** Makes a value at its first use and keeps it. It saves 7 of the 39 ms of CPU that the relay's import would take (decision 011). */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
