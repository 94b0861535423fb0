import { describe, expect, it } from "vitest";
import { userOf } from "../../../../functions/auth/claims.ts";
import { readGrants } from "../../../../functions/auth/grants.ts";
import type { Identity } from "../../../../functions/auth/identity.ts";
import { memberOf, signInUserOf } from "../../../../functions/auth/member.ts";

const known = (id: string, info?: Record<string, unknown>): Identity => ({
  mode: "jwt",
  user: { id, ...(info && { info }) },
  grants: readGrants([]),
});

describe("a member of a presence channel", () => {
  it("is anonymous in open mode, and two sockets are two", () => {
    expect(memberOf({ mode: "open" }, "1.2")).toEqual({ user_id: "anonymous-1.2" });
  });

  it("is the verified user, with the info that was verified", () => {
    expect(memberOf(known("u-1", { name: "Zoë" }), "1.2")).toEqual({ user_id: "u-1", user_info: { name: "Zoë" } });
    expect(memberOf(known("u-1"), "1.2")).toEqual({ user_id: "u-1" });
  });

  it("has an id of 128 characters at most", () => {
    expect(memberOf(known("u".repeat(128)), "1.2").user_id).toHaveLength(128);
    expect(() => memberOf(known("u".repeat(129)), "1.2")).toThrow(
      expect.objectContaining({ status: 403, code: "user_id_too_long" }),
    );
  });

  it("has an id that can be written, as it could not be terminated otherwise", () => {
    expect(() => memberOf(known("\ud800x"), "1.2")).toThrow(
      expect.objectContaining({ status: 403, code: "user_id_invalid" }),
    );
  });

  it("has info of 1,024 bytes of JSON at most", () => {
    const overhead = JSON.stringify({ name: "" }).length;
    const fits = { name: "é".repeat((1024 - overhead) / 2).padEnd(507, "x") };
    expect(memberOf(known("u", fits), "1.2").user_info).toEqual(fits);
    expect(() => memberOf(known("u", { name: `${fits.name}x` }), "1.2")).toThrow(
      expect.objectContaining({ status: 403, code: "user_info_too_large" }),
    );
  });
});

describe("a sign-in", () => {
  it("names the verified user", () => {
    expect(signInUserOf(known("u-1", { name: "Zoë" }))).toEqual({ id: "u-1", user_info: { name: "Zoë" } });
  });

  it("is refused where users are unknown", () => {
    expect(() => signInUserOf({ mode: "open" })).toThrow(
      expect.objectContaining({ status: 403, code: "users_unknown" }),
    );
  });
});

describe("a user's info", () => {
  const claims = { sub: "u", name: "Zoë", email: "zoe@example.com", picture: null };

  it("is what the issuer gave, and nothing else", () => {
    expect(userOf("u", claims, { team: 7 }, [])).toEqual({ id: "u", info: { team: 7 } });
    expect(userOf("u", claims, undefined, [])).toEqual({ id: "u" });
  });

  it("has the claims that the setting names beside it; what the issuer gave as info wins", () => {
    expect(userOf("u", claims, { name: "Z." }, ["name", "picture", "phone"])).toEqual({
      id: "u",
      info: { name: "Z.", picture: null },
    });
    expect(userOf("u", claims, undefined, ["name"])).toEqual({ id: "u", info: { name: "Zoë" } });
  });

  it.each(["text", 42, ["a"], null, true])("is not %j, which is no object", (info) => {
    expect(userOf("u", claims, info, [])).toEqual({ id: "u" });
  });

  it("takes no inherited member for a claim", () => {
    expect(userOf("u", {}, undefined, ["constructor", "toString"])).toEqual({ id: "u" });
  });
});
