import { describe, expect, it } from "vitest";
import { subscriptionHint } from "../../../../packages/local/src/hints/subscription-hint.ts";

describe("a subscription", () => {
  it.each([
    ["private-audit-42", "private"],
    ["private-global", "private"],
    ["private-realtime-test", "private"],
    ["audit-42", "public"],
    ["private-encrypted-fiche-7", "encrypted"],
    ["#server-to-user-u1", "private"],
  ] as const)("to %s needs no hint while events go to %s channels", (name, form) => {
    expect(subscriptionHint(name, form)).toBeUndefined();
  });

  it.each([
    ["audit-42", "private", "private-audit-42"],
    ["global", "private", "private-global"],
    ["private-audit-42", "public", "audit-42"],
    ["private-audit-42", "encrypted", "private-encrypted-audit-42"],
    ["private-encrypted-audit-42", "private", "private-audit-42"],
    ["private-audit-a=3Ab", "public", "audit-a=3Ab"],
  ] as const)("to %s while events go to %s channels gets a hint where they go", (name, form, target) => {
    expect(subscriptionHint(name, form)).toEqual({
      level: "hint",
      channel: name,
      code: "channel_hears_nothing",
      detail: `No event is published on ${name}. Events go to ${target}: subscribe to that one.`,
    });
  });

  it("to a presence channel gets a hint that no events come there", () => {
    expect(subscriptionHint("presence-audit-42", "private")).toMatchObject({
      code: "presence_hears_no_events",
      detail: "presence-audit-42 shows who is there, and no event is published on it. Events go to private-audit-42.",
    });
  });

  it.each(["private-audits-42", "private-audit-", "private-audit-a=3ab", "chat", "cache-audit-42", "private-Audit-42"])(
    "to a name that no event has gets a hint with the patterns: %s",
    (name) => {
      expect(subscriptionHint(name, "private")).toMatchObject({
        code: "channel_hears_nothing",
        detail:
          `No event is published on ${name}. ` +
          "Events go to private-audit-{id}, private-fiche-{id}, private-job-{id} and private-global.",
      });
    },
  );
});
