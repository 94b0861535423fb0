import type { ChannelForm } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import { Denial } from "../../../../functions/auth/denial.ts";
import { checkName } from "../../../../functions/auth/policy.ts";

const FORMS = ["private", "public", "encrypted"] as const satisfies readonly ChannelForm[];
const PREFIX = { private: "private-", public: "", encrypted: "private-encrypted-" } as const;
const SUBJECTS = ["audit-42", "fiche-42", "job-42", "audit-a=3Ab", "global"];

const table = FORMS.flatMap((published) =>
  FORMS.flatMap((asked) =>
    [...SUBJECTS, "realtime-test"].map((subject) => ({
      published,
      channel: PREFIX[asked] + subject,
      allowed: asked === published && asked !== "public",
    })),
  ),
);

const presence = FORMS.flatMap((published) =>
  SUBJECTS.map((subject) => ({ published, channel: `presence-${subject}` })),
);

describe("the name of a channel", () => {
  it.each(table)(
    "if events are published to $published channels, allows $channel: $allowed",
    ({ published, channel, allowed }) => {
      expect(checkName(channel, published) instanceof Denial).toBe(!allowed);
    },
  );

  it.each(presence)(
    "if events are published to $published channels, allows the presence twin $channel",
    ({ published, channel }) => {
      expect(checkName(channel, published)).toMatchObject({ name: channel, presence: true });
    },
  );

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
  ])("is denied if the gateway has no such channel: %j", (channel) => {
    for (const published of FORMS)
      expect(checkName(channel, published)).toMatchObject({ status: 403, code: "channel_not_allowed" });
  });

  it("does not appear in its denial", () => {
    for (const channel of ["s3cr3t", "private-encrypted-audit-s3cr3t", "audit-s3cr3t"])
      expect(JSON.stringify(checkName(channel, "private"))).not.toContain("s3cr3t");
  });
});
