export type { AssertionReading, VerifiedAssertion } from "./assertion.ts";
export { createAssertionReader, MAX_ASSERTION_SECONDS } from "./assertion.ts";
export type { ReportStaleKeys, StaleKeys } from "./jwks.ts";
export { reasonOf, Unanswered } from "./unanswered.ts";
export type { GrantsClaim, ReadUserToken, TokenReaderDeps, UserToken, UserTokenReading } from "./user-token.ts";
export { createUserTokenReader } from "./user-token.ts";
