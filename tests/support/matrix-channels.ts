import type { PublishedForm } from "./policy-oracle.ts";

/** The subjects of the gateway's channels, as grants write them. */
export const SUBJECTS = [
  "audit-1",
  "audit-10",
  "audit-a=3Ab",
  "audit-=2A",
  "fiche-1",
  "fiche-10",
  "job-1",
  "global",
  "realtime-test",
] as const;
export type Subject = (typeof SUBJECTS)[number];

export const of = (kind: "audit" | "fiche" | "job"): readonly Subject[] =>
  SUBJECTS.filter((subject) => subject.startsWith(`${kind}-`));

const PREFIXES = { private: "private-", encrypted: "private-encrypted-", presence: "presence-", public: "" } as const;
type Form = keyof typeof PREFIXES;
const FORMS: readonly Form[] = ["private", "encrypted", "presence", "public"];

/** Names that are no channels of the gateway. */
const STRANGE = [
  "",
  "-",
  "private-",
  "presence-",
  "private-encrypted-",
  "private-audit",
  "private-audit-",
  "presence-audit-",
  "private-AUDIT-1",
  "Private-audit-1",
  "PRIVATE-AUDIT-1",
  "private-audit-1=2E",
  "private-audit-a=3ab",
  "private-audit-=",
  "private-audit-1=",
  "private-audit-=80",
  "private-audit-1*",
  "private-audit-*",
  "private-*",
  "private-audit-a:b",
  "private-audit-1\n",
  "private-audit-1 ",
  " private-audit-1",
  "private-audit-1\u0000",
  "private-audit-é",
  "private-global-1",
  "private-global ",
  "private-Global",
  "presence-realtime-test",
  "private-test",
  "private-step-1",
  "private-batch-1",
  "private-private-audit-1",
  "presence-private-audit-1",
  "private-presence-audit-1",
  "private-cache-audit-1",
  "private-encrypted-private-audit-1",
  "#server-to-user-user-1",
  `private-audit-${"9".repeat(151)}`,
  "constructor",
  "__proto__",
  "private-__proto__",
  "private-toString",
] as const;

const nameOf = (form: Form, subject: Subject): string => PREFIXES[form] + subject;

export const CHANNEL_NAMES: readonly string[] = [
  ...FORMS.flatMap((form) => SUBJECTS.map((subject) => nameOf(form, subject))),
  ...STRANGE,
];

export const PUBLISHED_FORMS: readonly PublishedForm[] = ["private", "public", "encrypted"];

/** The settings that publish events in this form. */
export const formEnvironment = (form: PublishedForm): Readonly<Record<string, string>> => ({
  ...(form === "public" && { PUSHER_USE_PRIVATE_CHANNELS: "0" }),
  ...(form === "encrypted" && { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") }),
});

export type Outcomes = Readonly<Record<string, string>>;

/** The outcome of each name if these subjects are open and others get `denied`. */
export function outcomes(opened: readonly Subject[], published: PublishedForm, denied = "403 not_granted"): Outcomes {
  const outcome = (form: Form, subject: Subject): string => {
    const given = form === "presence" ? subject !== "realtime-test" : form === published && form !== "public";
    if (!given) return "403 channel_not_allowed";
    return opened.includes(subject) ? "signed" : denied;
  };
  return Object.fromEntries([
    ...FORMS.flatMap((form) => SUBJECTS.map((subject) => [nameOf(form, subject), outcome(form, subject)])),
    ...STRANGE.map((name) => [name, "403 channel_not_allowed"]),
  ]);
}

/** The same outcome for every name. */
export const allOf = (outcome: string): Outcomes => Object.fromEntries(CHANNEL_NAMES.map((name) => [name, outcome]));
