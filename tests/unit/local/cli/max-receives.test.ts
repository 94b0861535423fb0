import { describe, expect, it } from "vitest";
import { maxReceivesIn } from "../../../../packages/local/src/cli/max-receives.ts";

describe("npm start with GATEWAY_MAX_RECEIVES", () => {
  it.each([
    [undefined, 240],
    ["", 240],
    ["5", 5],
    ["1000", 1000],
  ])("%j receives a message %i times at most", (GATEWAY_MAX_RECEIVES, expected) => {
    expect(maxReceivesIn({ GATEWAY_MAX_RECEIVES })).toBe(expected);
  });

  it.each(["4", "1001", "-5", "5.5", "many"])("%s does not start", (GATEWAY_MAX_RECEIVES) => {
    expect(() => maxReceivesIn({ GATEWAY_MAX_RECEIVES })).toThrow(
      "GATEWAY_MAX_RECEIVES must be an integer from 5 to 1000",
    );
  });
});
