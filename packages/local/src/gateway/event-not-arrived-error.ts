/** No such event arrived in time. The message states what happened instead, and what to change. */
export class EventNotArrivedError extends Error {
  override readonly name = "EventNotArrivedError";
}
