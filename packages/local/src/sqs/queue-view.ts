/** A message as the emulator holds it. Looking at it does not receive it. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
  >;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
  readonly messageGroupId?: string;
  /** A reader has it until then. Missing for a visible message. */
  readonly hiddenUntilMs?: number;
}

/** The answer of fauxqs about one queue. */
export interface QueueSnapshot {
  readonly messages: {
    readonly ready: readonly QueuedMessage[];
    readonly delayed: readonly QueuedMessage[];
    readonly inflight: readonly { readonly message: QueuedMessage; readonly visibilityDeadline: number }[];
  };
}

/** All messages of a queue, the visible ones first. */
export const messagesIn = ({ messages: { ready, delayed, inflight } }: QueueSnapshot): readonly QueuedMessage[] => [
  ...ready,
  ...delayed,
  ...inflight.map(({ message, visibilityDeadline }) => ({ ...message, hiddenUntilMs: visibilityDeadline })),
];
