import { describe, expect, it } from "vitest";
import { Denial } from "../../../../../functions/auth/denial.ts";
import { authenticateAnonymously } from "../../../../../functions/auth/modes/open.ts";

describe("open mode", () => {
  it("gives each connection an anonymous id of its own", async () => {
    const identity = await authenticateAnonymously(() => undefined);
    if (identity instanceof Denial) throw new Error(identity.detail);
    expect(identity.memberOn("1.2")).toEqual({ id: "anonymous-1.2" });
  });

  it("denies a sign-in, as it has no users", async () => {
    const identity = await authenticateAnonymously(() => undefined);
    if (identity instanceof Denial) throw new Error(identity.detail);
    expect(identity.signInUser()).toMatchObject({ status: 403, code: "users_unknown" });
  });
});
