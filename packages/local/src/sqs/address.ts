/** Everything that a client needs to reach the local queue. */
export interface QueueAddress {
  readonly endpoint: string;
  readonly queueUrl: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
