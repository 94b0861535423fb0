import { describe, expect, it } from "vitest";
import { entryFailure, requestFailure } from "../../../packages/producer/src/sqs-outcome.ts";

const answer = (name: string, httpStatusCode: number) =>
  Object.assign(new Error("why"), { name, $metadata: { httpStatusCode } });

describe("a failed message of an answer", () => {
  it.each([
    ["InternalError", false, "unreachable", true],
    ["ServiceUnavailable", false, "unreachable", true],
    ["RequestThrottled", true, "throttled", true],
    ["KMS.ThrottlingException", false, "throttled", true],
    ["InvalidMessageContents", true, "refused", false],
    ["AccessDenied", true, "refused", false],
  ])("%s (fault of the sender: %s) is %s", (Code, SenderFault, code, retryable) => {
    expect(entryFailure({ Id: "0", Code, SenderFault, Message: "why" })).toEqual({
      code,
      retryable,
      detail: `${Code}: why`,
    });
  });
});

describe("an error instead of an answer", () => {
  it.each([
    [answer("ThrottlingException", 400), "throttled", true, true],
    [answer("TooManyRequests", 429), "throttled", true, true],
    [answer("InternalFailure", 500), "unreachable", true, true],
    [answer("ServiceUnavailable", 503), "unreachable", true, true],
    [answer("ExpiredTokenException", 403), "refused", false, true],
    [answer("QueueDoesNotExist", 400), "refused", false, true],
    [answer("InvalidSecurity", 400), "refused", false, true],
    [answer("BatchRequestTooLong", 400), "refused", false, false],
    [
      Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" }),
      "refused",
      false,
      true,
    ],
    [new Error("Region is missing"), "refused", false, true],
    [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "unreachable", true, true],
    [Object.assign(new Error("aborted"), { name: "AbortError" }), "unreachable", true, true],
    ["a text", "unreachable", true, true],
  ])("%o is %s", (error, code, retryable, isFatal) => {
    expect(requestFailure(error)).toMatchObject({ code, retryable, isFatal });
  });

  it("has a detail of at most 200 characters", () => {
    expect(requestFailure(new Error("x".repeat(1000))).detail).toHaveLength(200);
  });
});
