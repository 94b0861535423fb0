import type { ChannelForm } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../functions/auth/policy.ts";

const decideOpen = (channel: string, published: ChannelForm) => decide({ mode: "open" }, channel, { published });

const FORMS = ["private", "public", "encrypted"] as const;
const PREFIX = { private: "private-", public: "", encrypted: "private-encrypted-" } as const;
const SUBJECTS = ["audit-42", "fiche-42", "job-42", "audit-a=3Ab", "global"];

/** Form that events are published in, form that is asked for, subject, and whether open mode allows it. */
const table = FORMS.flatMap((published) =>
  FORMS.flatMap((asked) =>
    [...SUBJECTS, "realtime-test"].map((subject) => ({
      published,
      channel: PREFIX[asked] + subject,
      allow: asked === published && asked !== "public",
    })),
  ),
);

const presence = FORMS.flatMap((published) =>
  SUBJECTS.map((subject) => ({ published, channel: `presence-${subject}` })),
);

describe("in open mode", () => {
  it.each(table)("with $published channels, $channel is allowed: $allow", ({ published, channel, allow }) => {
    expect(decideOpen(channel, published).verdict).toBe(allow ? "allow" : "deny");
  });

  it.each(presence)("with $published channels, $channel is allowed as a presence twin", ({ published, channel }) => {
    expect(decideOpen(channel, published)).toMatchObject({ verdict: "allow", presence: true });
  });

  it.each([
    "",
    "private-",
    "private-user-1",
    "private-audit-",
    "private-audit-a:b",
    "private-audit-=80",
    "private-audit-a=3ab",
    "private-audit-../../x",
    "private-audit-42\n",
    "private-foobar",
    "private-cache-audit-42",
    "presence-foobar",
    "presence-realtime-test",
    "presence-encrypted-audit-42",
    "private-presence-audit-42",
    "#server-to-user-1",
    `private-audit-${"x".repeat(160)}`,
  ])("%j is none of the gateway's channels", (channel) => {
    for (const published of FORMS)
      expect(decideOpen(channel, published)).toMatchObject({ verdict: "deny", code: "channel_not_allowed" });
  });

  it("never repeats the name it refuses", () => {
    for (const channel of ["s3cr3t", "private-encrypted-audit-s3cr3t", "audit-s3cr3t"])
      expect(JSON.stringify(decideOpen(channel, "private"))).not.toContain("s3cr3t");
  });
});
