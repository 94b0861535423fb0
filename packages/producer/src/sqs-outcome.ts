import type { BatchResultErrorEntry } from "@aws-sdk/client-sqs";
import type { AttemptFailure } from "./transport.ts";

const THROTTLED = /throttled|throttling|slow_?down|limit_?exceeded|over_?limit|too_?many_?requests/i;
/** Errors of the SDK before a request exists. */
const CREDENTIALS = /credential|token|region/i;
const MAX_DETAIL_LENGTH = 200;

/** Classifies one failed message of an answer. */
export function entryFailure({ Code = "", Message = "", SenderFault }: BatchResultErrorEntry): AttemptFailure {
  const detail = detailOf(Code, Message);
  if (THROTTLED.test(Code)) return { code: "throttled", retryable: true, detail };
  if (SenderFault === true) return { code: "refused", retryable: false, detail };
  return { code: "unreachable", retryable: true, detail };
}

/** Classifies an error that took the place of an answer: it hits all messages of the request. */
export function requestFailure(error: unknown): AttemptFailure {
  const { name, message, status } = factsOf(error);
  const detail = detailOf(name, message);
  if (status === 429 || THROTTLED.test(name)) return { code: "throttled", retryable: true, isFatal: true, detail };
  if (status >= 500) return { code: "unreachable", retryable: true, isFatal: true, detail };
  if (status >= 400) return { code: "refused", retryable: false, isFatal: isOfAllMessages(name, status), detail };
  if (CREDENTIALS.test(name) || message.startsWith("Region is missing"))
    return { code: "refused", retryable: false, isFatal: true, detail };
  return { code: "unreachable", retryable: true, isFatal: true, detail };
}

/** A 400 can be about one message. These are about the queue or the caller. */
const isOfAllMessages = (name: string, status: number): boolean =>
  status !== 400 || /DoesNotExist|NonExistentQueue|InvalidAddress|AccessDenied|Token|Signature|Kms|Security/.test(name);

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** 0 if SQS did not answer. */
  readonly status: number;
}

function factsOf(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), status: 0 };
  const metadata: unknown = Reflect.get(error, "$metadata");
  const status: unknown =
    typeof metadata === "object" && metadata !== null ? Reflect.get(metadata, "httpStatusCode") : 0;
  const code: unknown = Reflect.get(error, "code");
  const name = typeof code === "string" && error.name === "Error" ? code : error.name;
  return { name, message: error.message, status: typeof status === "number" ? status : 0 };
}

/** The texts of SQS name parameters and limits, and no payload. */
const detailOf = (name: string, message: string): string =>
  `${name}${message === "" ? "" : `: ${message}`}`.slice(0, MAX_DETAIL_LENGTH);
