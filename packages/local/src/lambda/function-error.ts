/** The error object that Lambda returns for a failed invocation. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace?: readonly string[];
}

export class FunctionError extends Error {
  override readonly name = "FunctionError";
  readonly errorType: string;
  readonly stackTrace: readonly string[];

  constructor({ errorType, errorMessage, stackTrace = [] }: FunctionFailure) {
    super(errorMessage);
    this.errorType = errorType;
    this.stackTrace = stackTrace;
  }
}

/** Reads the body of the Runtime API's two error calls. Any other body becomes `Runtime.Unknown`. */
export function readFailure(body: string): FunctionFailure {
  const failure = parse(body);
  if (typeof failure !== "object" || failure === null) return { errorType: "Runtime.Unknown", errorMessage: body };
  const { errorType, errorMessage, stackTrace } = { errorType: "", errorMessage: "", stackTrace: [], ...failure };
  return {
    errorType: String(errorType),
    errorMessage: String(errorMessage),
    stackTrace: Array.isArray(stackTrace) ? stackTrace.map(String) : [],
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
