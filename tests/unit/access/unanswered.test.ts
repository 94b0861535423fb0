import { errors } from "jose";
import { describe, expect, it } from "vitest";
import { reasonOf, Unanswered } from "../../../packages/access/src/unanswered.ts";

const named = (name: string) => Object.assign(new Error("s3cr3t words"), { name });

describe("the logged reason for a missing answer", () => {
  it.each([
    [new Unanswered("status 404"), "status 404"],
    [
      new TypeError("fetch failed", { cause: Object.assign(new Error("s3cr3t"), { code: "ECONNREFUSED" }) }),
      "ECONNREFUSED",
    ],
    [
      new TypeError("fetch failed", { cause: Object.assign(new Error("s3cr3t"), { code: "UND_ERR_SOCKET" }) }),
      "UND_ERR_SOCKET",
    ],
    [named("TimeoutError"), "timeout"],
    // Bundles shorten the name of this class.
    [Object.assign(named("ao"), { code: new errors.JWKSTimeout().code }), "timeout"],
    [Object.assign(new Error("s3cr3t"), { code: "s3cr3t words" }), "Error"],
    ["s3cr3t", "unknown"],
  ])("contains nothing of the error's own text: %s", (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});
