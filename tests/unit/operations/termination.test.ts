import type { Publication } from "@realtime-gateway/pusher";
import { describe, expect, it } from "vitest";
import { terminate } from "../../../packages/operations/src/termination.ts";
import {
  createTerminationJsonReport,
  createTerminationReport,
} from "../../../packages/operations/src/termination-report.ts";

const DOWN: Publication = { ok: false, code: "pusher_unavailable", detail: "timeout" };

/** Fails for the users in `failing`, and aborts at the user `stopAt`. */
async function run(userIds: readonly string[], { failing = [""], stopAt = "", json = false } = {}) {
  const stopping = new AbortController();
  const tried: string[] = [];
  const stdout: string[] = [];
  const stderr: string[] = [];
  const write = (text: string): void => void stdout.push(text);
  const note = (text: string): void => void stderr.push(`${text}\n`);
  const summary = await terminate(userIds, {
    signal: stopping.signal,
    report: json ? createTerminationJsonReport(write) : createTerminationReport({ write, note, peer: "peer:1" }),
    terminateUserConnections: async (userId) => {
      tried.push(userId);
      if (userId === stopAt) stopping.abort();
      return failing.includes(userId) ? DOWN : { ok: true };
    },
  });
  return { summary, tried, stdout: stdout.join(""), stderr: stderr.join("") };
}

describe("terminating", () => {
  it("goes on after a failure", async () => {
    const { summary, tried } = await run(["ann", "bob", "cid"], { failing: ["ann"] });
    expect(tried).toEqual(["ann", "bob", "cid"]);
    expect(summary).toEqual({ terminated: 2, failed: 1, failureCodes: new Set(["pusher_unavailable"]), left: 0 });
  });

  it("stops after the current user", async () => {
    const { summary, tried } = await run(["ann", "bob", "cid"], { stopAt: "ann" });
    expect(tried).toEqual(["ann"]);
    expect(summary).toMatchObject({ terminated: 1, failed: 0, left: 2 });
  });
});

describe("the report for a person", () => {
  it("states the result and its limits", async () => {
    const { stdout, stderr } = await run(["ann"]);
    expect(stdout).toMatch(/^closed the connections of ann\nClosed the connections of 1 user\.\n/);
    for (const words of ["authorizes each channel anew", "open mode", "token", "OWNERSHIP_CACHE", "never signed in"])
      expect(stdout).toContain(words);
    expect(stderr).toBe("");
  });

  it("counts the remaining users, and advises once per code", async () => {
    const { stdout, stderr } = await run(["ann", "bob", "cid"], { failing: ["ann", "bob"], stopAt: "bob" });
    expect(stderr).toBe(
      "not closed: the connections of ann (pusher_unavailable: timeout)\n" +
        "not closed: the connections of bob (pusher_unavailable: timeout)\n" +
        "peer:1: Pusher timed out, reset the connection, answered 5xx, or gave another answer that has no code of its own. Check the address, and look at Pusher's status page.\n",
    );
    expect(stdout).toBe(
      "Closed the connections of 0 users; 2 failed; 1 not tried. Run it again for those: closing twice does no harm.\n",
    );
  });

  it("escapes control characters in ids", async () => {
    const { stdout, stderr } = await run(["\u001b[2J", "a\nb"], { failing: ["a\nb"] });
    expect(stdout).toContain("connections of \\u{1b}[2J\n");
    expect(stderr).toContain("connections of a\\u{a}b (");
  });
});

describe("the report for a program", () => {
  it("is one object a line", async () => {
    const { stdout, stderr } = await run(["ann", "a\nb", "cid"], { failing: ["a\nb"], stopAt: "a\nb", json: true });
    expect(stdout).toBe(
      '{"user":"ann","outcome":"terminated"}\n' +
        '{"user":"a\\nb","outcome":"failed","code":"pusher_unavailable","detail":"timeout"}\n' +
        '{"ending":"interrupted","terminated":1,"failed":1,"left":1}\n',
    );
    expect(stderr).toBe("");
  });
});
