/** A queue of items. `take` resolves with the next one. */
export function createMailbox<T>() {
  const { readable, writable } = new TransformStream<T, T>();
  const reader = readable.getReader();
  const writer = writable.getWriter();
  return {
    put: (item: T): void => void writer.write(item),
    async take(): Promise<T> {
      const { value } = await reader.read();
      if (value === undefined) throw new Error("The mailbox is closed");
      return value;
    },
  };
}
