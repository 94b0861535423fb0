import { expect, it, onTestFinished } from "vitest";
import { createControlRoute } from "../../../packages/local/src/control/control-route.ts";
import { startHttpApi } from "../../../packages/local/src/http-api/http-api.ts";

it("answers 500 with the reason if an operation fails, and serves the next request", async () => {
  const fail = () => Promise.reject(new Error("the queue is closed"));
  const ownRoutes = [createControlRoute([{ method: "GET", path: "queue", answer: fail }])];
  const api = await startHttpApi({ port: 0, routes: [], ownRoutes });
  onTestFinished(() => api.close());
  for (const _ of [1, 2]) {
    const response = await fetch(`${api.url}/_realtime/queue`);
    expect(response.status).toBe(500);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "operation_failed", detail: "the queue is closed" });
  }
});
