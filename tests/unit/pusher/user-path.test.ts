import { complaintAboutUserId } from "@realtime-gateway/pusher";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terminatePath } from "../../../packages/pusher/src/user-path.ts";
import { wellFormedId } from "../../support/arbitrary-ids.ts";
import { law } from "../../support/law.ts";

const pathOf = (userId: string) => terminatePath("app-1", userId);
const userId = fc.oneof(
  wellFormedId,
  fc.string({ unit: fc.constantFrom(..."/?#%.\\;&+ :@2EF"), minLength: 1, maxLength: 8 }),
);

describe("the path that closes a user's connections", () => {
  it.each([
    ["ann", "ann"],
    ["ann@example.org", "ann@example.org"],
    ["auth0:5f7c", "auth0:5f7c"],
    ["auth0|5f7c", "auth0%7C5f7c"],
    ["a/b", "a%2Fb"],
    ["a?b#c", "a%3Fb%23c"],
    ["100%", "100%25"],
    ["%2F", "%252F"],
    ["a b+c", "a%20b%2Bc"],
    ["Zoé", "Zo%C3%A9"],
    [".", "%2E"],
    ["..", "%2E%2E"],
    ["../x", "..%2Fx"],
    ["...", "..."],
  ])("of the user %j has the segment %s", (id, segment) =>
    expect(pathOf(id)).toBe(`/apps/app-1/users/${segment}/terminate_connections`),
  );

  it("belongs to this user only and to this route only", () =>
    law(
      fc.property(userId, (id) => {
        const path = pathOf(id);
        const [segment = "", ...others] = path.slice("/apps/app-1/users/".length).split("/");
        expect(path.startsWith("/apps/app-1/users/")).toBe(true);
        expect(others).toEqual(["terminate_connections"]);
        expect(decodeURIComponent(segment)).toBe(id);
        expect(path).toMatch(/^[\w\-.~!'()*:@%/]+$/);
      }),
      2_000,
    ));

  it("does not change when a URL parses it", () =>
    law(
      fc.property(
        userId.filter((id) => id !== "." && id !== ".."),
        (id) => {
          expect(new URL(pathOf(id), "http://pusher").pathname).toBe(pathOf(id));
        },
      ),
    ));
});

describe("a user id", () => {
  it.each(["a", "x".repeat(128), "é".repeat(128)])("can be %j", (id) => {
    expect(complaintAboutUserId(id)).toBeUndefined();
    expect(() => pathOf(id)).not.toThrow();
  });

  it.each([
    ["", "must not be empty"],
    ["x".repeat(129), "must not be longer than 128 characters"],
    ["\ud800", "must be well-formed Unicode"],
  ])("cannot be %j", (id, complaint) => {
    expect(complaintAboutUserId(id)).toBe(complaint);
    expect(() => pathOf(id)).toThrow(RangeError);
  });
});
