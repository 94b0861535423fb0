import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen, startGateway, type TestGateway } from "../support/stack.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ REALTIME_BASE_PATH: "/realtime/" });
});
afterAll(() => gateway.stop());

describe("a gateway with REALTIME_BASE_PATH=/realtime/", () => {
  it("serves its routes below this path", async () => {
    expect(new URL(gateway.apiUrl).pathname).toBe("/realtime");
    expect((await fetch(`${gateway.apiUrl}/health`)).status).toBe(200);
    expect((await fetch(`${gateway.http.url}/api/realtime/pusher/health`)).status).toBe(404);
  });

  it("authorizes pusher-js and carries a test event to it", async () => {
    const listener = await listen(gateway, ["private-realtime-test"]);
    const response = await fetch(`${gateway.apiUrl}/test`, { method: "POST" });
    expect(response.status).toBe(200);
    expect(await listener.next()).toMatchObject({ event: "realtime.test" });
  });
});
