import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { APP, apiOf, call, startServer } from "../../support/pusher-server.ts";

const BODY = JSON.stringify({ name: "update", channel: "news", data: "{}" });
const PATH = `/apps/${APP.appId}/events`;

function parametersFor(body: string): Record<string, string> {
  return {
    auth_key: APP.key,
    auth_timestamp: String(Math.floor(Date.now() / 1_000)),
    auth_version: "1.0",
    body_md5: createHash("md5").update(body).digest("hex"),
  };
}

function sign(parameters: Record<string, string>, method = "POST", path = PATH): string {
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join("&");
  return createHmac("sha256", APP.secret).update(`${method}\n${path}\n${query}`).digest("hex");
}

async function post(
  url: string,
  parameters: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}${PATH}?${new URLSearchParams(parameters)}`, { method: "POST", body });
  return { status: response.status, text: await response.text() };
}

async function postChanged(change: (parameters: Record<string, string>) => Record<string, string>) {
  const { url } = await startServer();
  const parameters = change(parametersFor(BODY));
  return post(url, { ...parameters, auth_signature: sign(parameters) }, BODY);
}

function without(name: string) {
  return (parameters: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));
}

function agedBy(seconds: number) {
  return (parameters: Record<string, string>): Record<string, string> => ({
    ...parameters,
    auth_timestamp: String(Math.floor(Date.now() / 1_000) - seconds),
  });
}

test("a call with a signature of our own is accepted", async () => {
  expect(await postChanged((parameters) => parameters)).toMatchObject({ status: 200 });
});

test.each([
  ["without a key", without("auth_key"), "auth_key is missing"],
  [
    "under another key",
    (parameters: Record<string, string>) => ({ ...parameters, auth_key: "other" }),
    "Unknown auth_key",
  ],
  ["without a timestamp", without("auth_timestamp"), "Timestamp required"],
  ["eleven minutes old", agedBy(660), "Timestamp expired"],
  ["eleven minutes early", agedBy(-660), "Timestamp expired"],
  ["without a version", without("auth_version"), "Version not supported"],
  ["without a body digest", without("body_md5"), "body_md5 is missing"],
])("a call %s is rejected", async (_, change, reason) => {
  expect(await postChanged(change)).toEqual({ status: 401, text: expect.stringContaining(reason) });
});

test.each([590, -590])("a call %i seconds old is accepted", async (seconds) => {
  expect(await postChanged(agedBy(seconds))).toMatchObject({ status: 200 });
});

test("a call signed with another secret is rejected", async () => {
  const api = apiOf(await startServer(), { secret: "other" });
  await expect(api.trigger("news", "update", {})).rejects.toMatchObject({
    status: 401,
    body: expect.stringContaining("Invalid signature: you should have sent HmacSHA256Hex("),
  });
});

test("the error about a signature does not reveal the secret", async () => {
  const { url } = await startServer();
  const { text } = await post(url, { ...parametersFor(BODY), auth_signature: "beef" }, BODY);
  expect(text).not.toContain(APP.secret);
});

test("a changed body is rejected", async () => {
  const { url } = await startServer();
  const parameters = parametersFor(BODY);
  const answer = await post(url, { ...parameters, auth_signature: sign(parameters) }, BODY.replace("news", "gnus"));
  expect(answer).toMatchObject({ status: 401 });
});

test("a changed parameter is rejected", async () => {
  const { url } = await startServer();
  const parameters = parametersFor(BODY);
  const answer = await post(url, { ...parameters, auth_signature: sign(parameters), extra: "1" }, BODY);
  expect(answer).toMatchObject({ status: 401 });
});

test("parameter names may be written in capitals", async () => {
  const { url } = await startServer();
  const parameters = parametersFor(BODY);
  const shouted = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.toUpperCase(), value]));
  expect(await post(url, { ...shouted, AUTH_SIGNATURE: sign(parameters) }, BODY)).toMatchObject({ status: 200 });
});

test("a signature over unescaped values is accepted", async () => {
  const { url } = await startServer();
  const parameters = { ...without("body_md5")(parametersFor("")), filter_by_prefix: "a b" };
  const path = `/apps/${APP.appId}/channels`;
  const query = new URLSearchParams({ ...parameters, auth_signature: sign(parameters, "GET", path) });
  expect((await fetch(`${url}${path}?${query}`)).status).toBe(200);
});

test("an unsigned call is rejected", async () => {
  const { url } = await startServer();
  expect(await post(url, {}, BODY)).toMatchObject({ status: 401 });
});

test("a call to another app gets a 404", async () => {
  const api = apiOf(await startServer(), { appId: "43" });
  await expect(api.trigger("news", "update", {})).rejects.toMatchObject({ status: 404 });
});

test.each([
  ["GET", "/weather"],
  ["GET", "/events"],
  ["POST", "/channels"],
  ["GET", "/channels/news/weather"],
])("%s %s gets a 404", async (method, path) => {
  expect(await call(await startServer(), method, path)).toMatchObject({ status: 404 });
});
