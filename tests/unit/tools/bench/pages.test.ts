import { describe, expect, it } from "vitest";
import { reconnectPlot } from "../../../../tools/bench/pages/reconnect-plot.ts";
import { histogram, largestWindow } from "../../../../tools/bench/pages/windows.ts";
import { markdownTable } from "../../../../tools/bench/report/table.ts";

describe("the times of a bench", () => {
  it("are counted in the fullest window, wherever it begins", () => {
    expect(largestWindow([0, 90, 110, 150, 400], 100)).toBe(3);
  });

  it("are in one window only if it is longer than their distance", () => {
    expect(largestWindow([0, 99], 100)).toBe(2);
    expect(largestWindow([0, 100], 100)).toBe(1);
    expect(largestWindow([], 100)).toBe(0);
  });

  it("are counted in each step, in any order, from 0 on", () => {
    expect(histogram([250, 10, -5, 299], 100)).toEqual([2, 0, 2]);
  });
});

describe("the picture of a reconnect", () => {
  const svg = reconnectPlot([
    { name: "`bare`", reconnect: { requestsMs: [10, 20, 30, 40], readsMs: [50] } },
    { name: "ours", reconnect: { requestsMs: [10, 150], readsMs: [1200] } },
  ]);

  it("has bars as high as their counts, and names both ways", () => {
    const bars = [...svg.matchAll(/height="([\d.]+)" fill="(#\w+)" fill-opacity/g)].map(([, height, color]) => [
      height,
      color,
    ]);
    const [bare = "", ours = ""] = [...svg.matchAll(/<rect x="\d+" y="8".*?fill="(#\w+)"/g)].map(([, color]) => color);
    expect(bars.slice(0, 3)).toEqual([
      ["150.0", bare],
      ["37.5", ours],
      ["37.5", ours],
    ]);
    expect(svg).toContain(">bare<");
    expect(svg).toContain(">ours<");
  });

  it("has an axis as long as the last read, and no background", () => {
    expect(svg).toContain(">2 s<");
    expect(svg).not.toContain(">3 s<");
    expect(svg).not.toMatch(/width="720"|background/);
  });

  it("stands below its table on the page", () => {
    const figure = { name: "a.svg", alt: "Two ways", svg };
    expect(markdownTable({ title: "T", note: "N", columns: ["", "x"], rows: [["a", "1"]], figure })).toBe(
      "## T\n\nN\n\n|  | x |\n| --- | ---: |\n| a | 1 |\n\n![Two ways](images/a.svg)\n",
    );
  });
});
