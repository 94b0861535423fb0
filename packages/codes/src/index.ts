export type { CodeDoc, FailureCode, HttpCode, PublishFailureCode, RejectionCode } from "./codes.ts";
export { FAILURES, HTTP_PROBLEMS, PUBLISH_FAILURES, REJECTIONS } from "./codes.ts";
