import { randomUUID } from "node:crypto";
import { FunctionError, type FunctionFailure } from "./function-error.ts";

interface CurrentInvocation extends PromiseWithResolvers<string> {
  readonly requestId: string;
}

/** The current invocation of an instance. An answer to an earlier one is too late, so it is ignored. */
export function createInvocationSlot() {
  let current: CurrentInvocation | undefined;
  return {
    begin(): CurrentInvocation {
      current = { requestId: randomUUID(), ...Promise.withResolvers<string>() };
      return current;
    },
    succeed(requestId: string, payload: string) {
      if (requestId === current?.requestId) current.resolve(payload);
    },
    fail(requestId: string, failure: FunctionFailure) {
      if (requestId === current?.requestId) current.reject(new FunctionError(failure));
    },
    /** Fails the invocation of a process that ended without an answer. Lambda names the request in this error. */
    abandon({ errorType, errorMessage }: FunctionFailure) {
      const message = `RequestId: ${current?.requestId} Error: ${errorMessage}`;
      current?.reject(new FunctionError({ errorType, errorMessage: message }));
    },
  };
}
