/** The life of one invocation's process. After its end, no answer arrives in the process. */
export interface ProcessLife {
  readonly isOver: boolean;
  readonly over: Promise<void>;
  end(): void;
  /** The same effect, without an answer once the life is over. */
  bound<Args extends readonly unknown[], Answer>(
    effect: (...args: Args) => Promise<Answer>,
  ): (...args: Args) => Promise<Answer>;
}

export function createLife(): ProcessLife {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let isOver = false;
  const never = <Answer>(): Promise<Answer> => new Promise(() => undefined);
  return {
    get isOver() {
      return isOver;
    },
    over,
    end() {
      isOver = true;
      resolve();
    },
    bound:
      (effect) =>
      async (...args) => {
        if (isOver) return await never();
        try {
          const answer = await effect(...args);
          return isOver ? await never() : answer;
        } catch (error) {
          if (isOver) return await never();
          throw error;
        }
      },
  };
}
