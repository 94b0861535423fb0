import { randomUUID } from "node:crypto";
import { FunctionError, type FunctionFailure } from "./function-error.ts";

interface InvocationUnderWay extends PromiseWithResolvers<string> {
  readonly requestId: string;
}

/** The one invocation that an instance has in hand. An answer to any other comes too late and is ignored. */
export function createInvocationSlot() {
  let current: InvocationUnderWay | undefined;
  return {
    begin(): InvocationUnderWay {
      current = { requestId: randomUUID(), ...Promise.withResolvers<string>() };
      return current;
    },
    succeed(requestId: string, payload: string) {
      if (requestId === current?.requestId) current.resolve(payload);
    },
    fail(requestId: string, failure: FunctionFailure) {
      if (requestId === current?.requestId) current.reject(new FunctionError(failure));
    },
    /** The process is gone, and did not answer. Lambda names the request in such an error. */
    abandon({ errorType, errorMessage }: FunctionFailure) {
      const message = `RequestId: ${current?.requestId} Error: ${errorMessage}`;
      current?.reject(new FunctionError({ errorType, errorMessage: message }));
    },
  };
}
