import { describe, expect, it } from "vitest";
import { parseUsersArguments } from "../../../packages/operations/src/cli/users-arguments.ts";

function complaints(...argv: readonly string[]): readonly string[] {
  const parsed = parseUsersArguments(argv);
  return parsed.kind === "invalid" ? parsed.complaints : [];
}

describe("a command line", () => {
  it("names one user or several, each once", () => {
    expect(parseUsersArguments(["terminate", "ann", "bob", "ann"])).toEqual({
      kind: "run",
      options: { userIds: ["ann", "bob"], json: false },
    });
  });

  it("may have its flags anywhere", () => {
    expect(parseUsersArguments(["--json", "terminate", "ann"])).toMatchObject({
      options: { userIds: ["ann"], json: true },
    });
    expect(parseUsersArguments(["terminate", "ann", "--json"])).toMatchObject({
      options: { userIds: ["ann"], json: true },
    });
  });

  it("takes ids unchanged", () => {
    const userIds = [" ann ", "a/b", "..", "100%", "--json", "-h", "terminate"];
    expect(parseUsersArguments(["terminate", "--", ...userIds])).toEqual({
      kind: "run",
      options: { userIds, json: false },
    });
  });

  it.each(["--help", "-h"])("asks for help with %s", (flag) => {
    expect(parseUsersArguments([flag])).toEqual({ kind: "help" });
    expect(parseUsersArguments(["terminate", "ann", flag])).toEqual({ kind: "help" });
  });
});

describe("a mistake", () => {
  it.each([
    [[], "a command is missing: terminate ID [ID...]"],
    [["ban", "ann"], 'unknown command "ban": it must be terminate ID [ID...]'],
    [["terminate"], "terminate needs the id of a user"],
    [["terminate", ""], 'the user id "" must not be empty'],
    [["terminate", "ann", "--yes"], "unknown flag --yes"],
    [["terminate", "ann", "--json=1"], "--json takes no value"],
    [["terminate", "\u001b\ud800"], 'the user id "\\u{1b}\ud800" must be well-formed Unicode'],
  ])("in %j is named", (argv, complaint) => expect(complaints(...argv)).toEqual([complaint]));

  it("does not hide other mistakes", () => {
    const long = "x".repeat(129);
    expect(complaints("terminate", "", long, "--bogus")).toEqual([
      "unknown flag --bogus",
      'the user id "" must not be empty',
      `the user id "${long}" must not be longer than 128 characters`,
    ]);
  });
});
