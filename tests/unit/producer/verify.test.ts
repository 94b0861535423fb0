import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkEvent } from "../../../packages/local/src/send-events/check-event.ts";
import { parseVerifyArguments } from "../../../packages/producer/src/cli/verify-arguments.ts";
import { verdictText } from "../../../packages/producer/src/verify/verdict-text.ts";
import { verifyMessage } from "../../../packages/producer/src/verify/verify-message.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/messages", import.meta.url));
const SETTINGS = { form: "private", limitBytes: 9_000 } as const;
const RELAY = { form: "private", maxPayloadBytes: 9_000, stamp: false, validation: "tolerant" } as const;

const files = globSync("*/*.json", { cwd: FOLDER }).sort();
const bodyOf = (file: string): string => readFileSync(join(FOLDER, file), "utf8");
const verdicts: Readonly<Record<string, unknown>> = JSON.parse(bodyOf("verdicts.json"));

describe.each(files)("the golden message %s", (file) => {
  const verdict = verifyMessage(bodyOf(file), SETTINGS);

  it("has the verdict that other languages read", () => {
    expect(verdict).toEqual(verdicts[file]);
  });

  it("is valid exactly if it is in the folder of valid messages", () => {
    expect(verdict.valid).toBe(file.startsWith("valid"));
  });

  it("has the verdict of the relay", () => {
    const checked = checkEvent(bodyOf(file), RELAY);
    if ("code" in verdict) expect(checked).toMatchObject({ code: verdict.code, detail: verdict.detail });
    else expect(checked).toMatchObject({ event: verdict.event, channels: verdict.channels });
  });
});

describe("the golden messages", () => {
  it("have a verdict each", () => {
    expect(Object.keys(verdicts).sort()).toEqual(files);
  });
});

describe("a message at the limit of SQS", () => {
  const bodyOfBytes = (bytes: number): string => {
    const event = (text: string) => `{"type":"notification","data":{"type":"info","message":"${text}"}}`;
    return event("x".repeat(bytes - event("").length));
  };

  it("is verified with 1 MiB", () => {
    expect(verifyMessage(bodyOfBytes(1_048_576), SETTINGS)).toMatchObject({ valid: true, truncated: true });
  });

  it("is too large with one byte more", () => {
    const verdict = verifyMessage(bodyOfBytes(1_048_577), SETTINGS);
    expect(verdict).toMatchObject({ valid: false, code: "too_large" });
    expect(verdictText(verdict)).toContain("The message does not reach the gateway.");
  });
});

describe("a verdict as text", () => {
  it("names the event, its channels and its size", () => {
    expect(verdictText(verifyMessage(bodyOf("valid/two-channels.json"), SETTINGS))).toBe(
      "✔ audit.progress\n  channels  private-audit-42, private-fiche-1787121\n  size      129 bytes",
    );
  });

  it("has both sizes of a truncated payload", () => {
    const text = verdictText(verifyMessage(bodyOf("valid/truncated.json"), SETTINGS));
    expect(text).toContain("9588 bytes: truncated to 87");
  });

  it("names what a schema expected, and the type that came", () => {
    const text = verdictText(verifyMessage(bodyOf("invalid/wrong-type.json"), SETTINGS));
    expect(text).toContain("mismatch  total_steps must be an integer, got a string");
  });

  it("names the code and the reason of a rejected message", () => {
    const text = verdictText(verifyMessage(bodyOf("invalid/empty-id.json"), SETTINGS));
    expect(text).toContain("✘ rejected: invalid_event\n  the audit id is empty");
  });
});

describe("the command line of npm run verify", () => {
  it("takes a file, a form, a limit and --json", () => {
    expect(parseVerifyArguments(["a.json", "--form", "encrypted", "--limit=256", "--json"])).toEqual({
      kind: "run",
      options: { file: "a.json", settings: { form: "encrypted", limitBytes: 256 }, json: true },
    });
  });

  it.each([
    [[], "give the file"],
    [["a", "b"], "give one file only"],
    [["a", "--form=presence"], "--form must be one of private, public, encrypted"],
    [["a", "--limit=255"], "--limit must be an integer from 256 to 10240"],
    [["a", "--limit=10241"], "--limit must be an integer from 256 to 10240"],
    [["a", "--jsn"], "unknown flag --jsn"],
  ])("complains about %o", (argv, complaint) => {
    const parsed = parseVerifyArguments(argv);
    expect(parsed.kind === "invalid" ? parsed.complaints.join() : parsed.kind).toContain(complaint);
  });
});
