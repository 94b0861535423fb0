/**
 * Calls `visit` for each element, and pauses only where something is asynchronous: elements of an array are visited in one turn.
 * After an abort it reads no further from an asynchronous source, which may be endless. A list is finite and is read to its end.
 */
export async function readEvents<T>(
  source: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
  visit: (element: T) => Promise<void> | undefined,
): Promise<void> {
  if (!(Symbol.asyncIterator in source)) {
    for (const element of source) {
      const visiting = visit(element);
      if (visiting !== undefined) await visiting;
    }
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  const abort = abortOf(signal);
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), abort.happened]);
      if (step === ABORTED || step.done === true) break;
      await visit(step.value);
    }
    // The source may hang in the step that the abort cut off, so its end is not awaited.
    if (signal?.aborted === true) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  } finally {
    abort.clear();
  }
}

const ABORTED = Symbol("aborted");

function abortOf(signal: AbortSignal | undefined) {
  let onAbort = (): void => undefined;
  const happened = new Promise<typeof ABORTED>((resolve) => {
    onAbort = () => resolve(ABORTED);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  });
  return { happened, clear: () => signal?.removeEventListener("abort", onAbort) };
}
