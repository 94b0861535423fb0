import { expect, test } from "vitest";
import { parseTarget } from "../../../packages/pusher-server/src/http/api-request.ts";
import { complaintAboutAuth } from "../../../packages/pusher-server/src/http/request-auth.ts";

// The example is from Pusher's HTTP API reference.
const CREDENTIALS = { key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" };
const BODY = '{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}';
const TARGET =
  "/apps/3/events?auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0" +
  "&body_md5=ec365a775a4cd0599faeb73354201b6f" +
  "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";
const SIGNED_AT_MS = 1_353_088_179_000;

const REQUEST = { method: "POST", ...parseTarget(TARGET), body: Buffer.from(BODY) };

test("the documented example is authentic", () => {
  expect(complaintAboutAuth(CREDENTIALS, REQUEST, SIGNED_AT_MS)).toBeUndefined();
});

test.each([
  [600, undefined],
  [
    601,
    "Timestamp expired: Given timestamp (2012-11-16T17:49:39Z) not within 600s of server time (2012-11-16T17:59:40Z)",
  ],
  [
    -601,
    "Timestamp expired: Given timestamp (2012-11-16T17:49:39Z) not within 600s of server time (2012-11-16T17:39:38Z)",
  ],
])("a request that is %i seconds old gets the complaint %j", (seconds, complaint) => {
  expect(complaintAboutAuth(CREDENTIALS, REQUEST, SIGNED_AT_MS + seconds * 1_000)).toBe(complaint);
});

test("the signature of a POST is invalid for a GET", () => {
  expect(complaintAboutAuth(CREDENTIALS, { ...REQUEST, method: "GET" }, SIGNED_AT_MS)).toContain("Invalid signature");
});
