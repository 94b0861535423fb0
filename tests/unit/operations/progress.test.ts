import { describe, expect, it } from "vitest";
import { createProgress } from "../../../packages/operations/src/progress.ts";

function start(isTty: boolean, total?: number) {
  const clock = { ms: 0 };
  let text = "";
  const write = (more: string): void => {
    text += more;
  };
  const progress = createProgress({ write, isTty, now: () => clock.ms, ...(total !== undefined && { total }) });
  return { clock, progress, text: () => text };
}

describe("on a terminal", () => {
  it("a bar shows how much is read", () => {
    const { progress, text } = start(true, 48);
    progress.update(12, 3);
    expect(text()).toBe("\r\u001b[K[######------------------] 12 dead letters read of about 48, 3 matched");
  });

  it("a bar is full when the estimate was too small", () => {
    const { progress, text } = start(true, 2);
    progress.update(4, 4);
    expect(text()).toContain(`[${"#".repeat(24)}] 4 dead letters read of about 4,`);
  });

  it("an unknown total has no bar", () => {
    const { progress, text } = start(true);
    progress.update(1, 1);
    expect(text()).toBe("\r\u001b[K1 dead letter read, 1 matched");
  });

  it("a note clears the bar first", () => {
    const { progress, text } = start(true);
    progress.update(1, 1);
    progress.note("look");
    expect(text().endsWith("matched\r\u001b[Klook\n")).toBe(true);
  });

  it("the bar is redrawn a few times a second", () => {
    const { clock, progress, text } = start(true);
    for (clock.ms = 0; clock.ms < 1_000; clock.ms += 1) progress.update(clock.ms, 0);
    expect(text().split("\r")).toHaveLength(11);
  });
});

describe("without a terminal", () => {
  it("a line is written every ten seconds, without a bar", () => {
    const { clock, progress, text } = start(false, 50_000);
    for (clock.ms = 0; clock.ms <= 20_000; clock.ms += 10) progress.update(clock.ms, 0);
    expect(text()).toBe(
      "10000 dead letters read of about 50000, 0 matched\n20000 dead letters read of about 50000, 0 matched\n",
    );
  });

  it("a short run writes nothing", () => {
    const { progress, text } = start(false);
    progress.update(1, 1);
    progress.end();
    expect(text()).toBe("");
  });
});
