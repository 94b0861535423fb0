import { describe, expect, it } from "vitest";
import { Denial } from "../../../../functions/auth/denial.ts";
import { presenceMemberOf, signInUserOf, type User, userOf } from "../../../../functions/auth/identity.ts";

const userWith = (id: string, info?: Record<string, unknown>): User => ({ id, ...(info && { info }) });

describe("a member of a presence channel", () => {
  it("is the verified user with the verified info", () => {
    expect(presenceMemberOf(userWith("u-1", { name: "Zoë" }))).toEqual({ user_id: "u-1", user_info: { name: "Zoë" } });
  });

  it("has empty info if the user has none, so that pages do not get null", () => {
    expect(presenceMemberOf(userWith("u-1"))).toEqual({ user_id: "u-1", user_info: {} });
  });

  it("has an id of 128 characters at most", () => {
    expect(presenceMemberOf(userWith("u".repeat(128)))).toMatchObject({ user_id: "u".repeat(128) });
    expect(presenceMemberOf(userWith("u".repeat(129)))).toMatchObject({ status: 403, code: "user_id_too_long" });
  });

  it("has a well-formed id, as no request could name another one to terminate it", () => {
    expect(presenceMemberOf(userWith("\ud800x"))).toMatchObject({ status: 403, code: "user_id_invalid" });
  });

  it("has info of 1,024 bytes of JSON at most", () => {
    const overhead = JSON.stringify({ name: "" }).length;
    const fits = { name: "é".repeat((1024 - overhead) / 2).padEnd(507, "x") };
    expect(presenceMemberOf(userWith("u", fits))).toEqual({ user_id: "u", user_info: fits });
    expect(presenceMemberOf(userWith("u", { name: `${fits.name}x` }))).toMatchObject({
      status: 403,
      code: "user_info_too_large",
    });
  });
});

describe("a sign-in", () => {
  it("names the verified user", () => {
    expect(signInUserOf(userWith("u-1", { name: "Zoë" }))).toEqual({ id: "u-1", user_info: { name: "Zoë" } });
  });

  it("has the same limits as a member", () => {
    expect(signInUserOf(userWith("u".repeat(129)))).toMatchObject({ status: 403, code: "user_id_too_long" });
  });

  it("passes the mode's denial on", () => {
    const denial = new Denial(403, "users_unknown", "no users");
    expect(signInUserOf(denial)).toBe(denial);
  });
});

describe("a user's info", () => {
  const claims = { sub: "u", name: "Zoë", email: "zoe@example.com", picture: null };

  it("is the issuer's info, without other claims", () => {
    expect(userOf("u", claims, { team: 7 }, [])).toEqual({ id: "u", info: { team: 7 } });
    expect(userOf("u", claims, undefined, [])).toEqual({ id: "u" });
  });

  it("includes the claims that the setting names, but the issuer's info wins", () => {
    expect(userOf("u", claims, { name: "Z." }, ["name", "picture", "phone"])).toEqual({
      id: "u",
      info: { name: "Z.", picture: null },
    });
    expect(userOf("u", claims, undefined, ["name"])).toEqual({ id: "u", info: { name: "Zoë" } });
  });

  it.each(["text", 42, ["a"], null, true])("ignores info that is not an object: %j", (info) => {
    expect(userOf("u", claims, info, [])).toEqual({ id: "u" });
  });

  it("does not take an inherited member for a claim", () => {
    expect(userOf("u", {}, undefined, ["constructor", "toString"])).toEqual({ id: "u" });
  });
});
