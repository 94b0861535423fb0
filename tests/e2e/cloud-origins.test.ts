import { cloudPusher, startStack } from "@realtime-gateway/local";
import { expect, it, onTestFinished } from "vitest";
import { startChecked } from "../support/contract-answers.ts";

const REAL_APP = {
  PUSHER_APP_ID: "1000",
  PUSHER_KEY: "real-key",
  PUSHER_SECRET: "real-secret",
  PUSHER_CLUSTER: "eu",
};
const STRANGER = "https://stranger.example";
const PAGE = "https://app.example";

/** The origin that the auth function allows, if a page of this origin asks. */
async function allowedOrigin(origin: string, env: Readonly<Record<string, string>>, isRealApp: boolean) {
  const target = cloudPusher(REAL_APP);
  if ("missing" in target) throw new Error("The app is not complete.");
  const stack = await startChecked(startStack, {
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env,
    ...(isRealApp && { cloudPusher: target }),
  });
  onTestFinished(() => stack.stop());
  const body = JSON.stringify({ socket_id: "1.2", channel_name: "private-audit-1" });
  const headers = { origin, "content-type": "application/json" };
  const answer = await fetch(`${stack.apiUrl}/auth`, { method: "POST", headers, body });
  return answer.headers.get("access-control-allow-origin");
}

it("a local stack with a real Pusher app signs for no page of an origin that is not named", async () => {
  expect(await allowedOrigin(STRANGER, {}, true)).toBeNull();
  expect(await allowedOrigin(STRANGER, { REALTIME_ALLOWED_ORIGINS: PAGE }, true)).toBeNull();
});

it("a local stack with a real Pusher app signs for pages of the named origins", async () => {
  expect(await allowedOrigin(PAGE, { REALTIME_ALLOWED_ORIGINS: PAGE }, true)).toBe(PAGE);
});

it("a local stack with its own Pusher server signs for pages of every origin", async () => {
  expect(await allowedOrigin(STRANGER, {}, false)).toBe("*");
});
