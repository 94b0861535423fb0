import { beforeEach, describe, expect, it, vi } from "vitest";
import { createProblems, type Problems, type RealtimeProblem } from "../../../packages/client/src/problems.ts";

const onProblem = vi.fn<(problem: RealtimeProblem) => void>();
let problems: Problems;
beforeEach(() => {
  onProblem.mockClear();
  problems = createProblems(onProblem);
});

const denied = { code: "denied", channel: "private-audit-42", detail: "status 403" };

describe("a problem", () => {
  it("is reported once while it lasts, with a link to its section", () => {
    problems.report("private-audit-42", denied);
    problems.report("private-audit-42", denied);
    const docs = "https://npmjs.com/package/@realtime-gateway/client#denied";
    expect(onProblem.mock.calls).toEqual([[{ ...denied, docs, retryable: false }]]);
  });

  it("is reported again after its source worked", () => {
    problems.report("private-audit-42", denied);
    problems.solved("private-audit-42");
    problems.report("private-audit-42", denied);
    expect(onProblem).toHaveBeenCalledTimes(2);
  });

  it("lasts although another source worked, even one whose name begins alike", () => {
    problems.report("private-audit-42", denied);
    problems.solved("private-audit-4");
    problems.report("private-audit-42", denied);
    expect(onProblem).toHaveBeenCalledTimes(1);
  });

  it("of another source is another one", () => {
    problems.report("private-audit-42", denied);
    problems.report("private-audit-43", denied);
    expect(onProblem).toHaveBeenCalledTimes(2);
  });

  it("that the client no longer tries to mend is another one", () => {
    problems.report("load", { code: "load_failed", detail: "500", retryable: true });
    problems.report("load", { code: "load_failed", detail: "403", retryable: false });
    expect(onProblem.mock.calls.map(([{ retryable }]) => retryable)).toEqual([true, false]);
  });

  it("is an error for a promise", () => {
    expect(problems.report("sign-in", denied)).toMatchObject({ message: "status 403", code: "denied" });
  });

  it("is one warning in the console without a handler", () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    createProblems().report("private-audit-42", denied);
    expect(warn.mock.calls).toMatchObject([["realtime", denied]]);
    warn.mockRestore();
  });
});
