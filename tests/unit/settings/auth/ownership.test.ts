import { describe, expect, it } from "vitest";
import { faults, jwtEnvironment, read } from "../../../support/settings.ts";

const ownership = { REALTIME_OWNERSHIP_URL: "https://platform.example/owns", REALTIME_OWNERSHIP_SECRET: "s3cr3t" };

describe("ownership", () => {
  it("has a URL, a secret and a cache of ten seconds by default", () => {
    expect(read({ ...jwtEnvironment, ...ownership }).auth).toMatchObject({
      ownership: { url: new URL("https://platform.example/owns"), secret: "s3cr3t", cacheMs: 10_000 },
    });
  });

  it("may have no cache", () => {
    const env = { ...jwtEnvironment, ...ownership, REALTIME_OWNERSHIP_CACHE_SECONDS: "0" };
    expect(read(env).auth).toMatchObject({ ownership: { cacheMs: 0 } });
  });

  it.each([
    ["REALTIME_OWNERSHIP_URL", "REALTIME_OWNERSHIP_SECRET"],
    ["REALTIME_OWNERSHIP_SECRET", "REALTIME_OWNERSHIP_URL"],
  ])("with %s requires %s too", (given, lacking) => {
    expect(faults({ ...jwtEnvironment, ...ownership, [lacking]: undefined })).toEqual([`${lacking} is missing`]);
    expect(faults({ ...jwtEnvironment, [given]: Object(ownership)[given] })).toEqual([`${lacking} is missing`]);
  });

  it("requires a URL if a cache time is set", () => {
    expect(faults({ ...jwtEnvironment, REALTIME_OWNERSHIP_CACHE_SECONDS: "5" })).toEqual([
      "REALTIME_OWNERSHIP_URL is missing",
    ]);
  });
});
