import { describe, expect, it } from "vitest";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { apiEvent } from "../../../support/api-event.ts";
import { authFunction } from "../../../support/auth-function.ts";
import { FORM_TYPE, JSON_TYPE } from "../../../support/http-request.ts";

const SOCKET = "1234.5678";

async function send(body: string, contentType = FORM_TYPE) {
  const { invoke, records } = authFunction();
  const path = `${BASE_PATH}/auth`;
  const event = apiEvent({ method: "POST", path, headers: { "content-type": contentType }, body, base64: true });
  return { ...(await invoke(event)), records };
}

/** The format of the plugin: brackets are not escaped, and `&` comes first. */
const batch = (channels: readonly string[]): string =>
  `&socket_id=${SOCKET}${channels.map((name, at) => `&channel_name[${at}]=${encodeURIComponent(name)}`).join("")}`;

const audits = (count: number): string[] => Array.from({ length: count }, (_, at) => `private-audit-${at}`);

describe("a batch", () => {
  it("gives each channel the answer of a request of its own", async () => {
    const alone = await send(`socket_id=${SOCKET}&channel_name=private-audit-1`);
    const { status, body } = await send(batch(["private-audit-1", "private-global", "presence-audit-1"]));
    const channel_data = JSON.stringify({ user_id: `anonymous-${SOCKET}`, user_info: {} });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        "private-audit-1": { status: 200, data: alone.body },
        "private-global": { status: 200 },
        "presence-audit-1": { status: 200, data: { channel_data } },
      },
    });
  });

  it("may be a list in JSON, and has the same answer", async () => {
    const channels = ["private-audit-1", "private-user-1", "private-audit-1", "presence-audit-1"];
    const { status, body, records } = await send(
      JSON.stringify({ socket_id: SOCKET, channel_name: channels }),
      JSON_TYPE,
    );
    const numbered = await send(batch(channels));
    expect({ status, body, records }).toEqual({ status: 200, body: numbered.body, records: numbered.records });
    expect(Object.keys(body)).toEqual(["private-audit-1", "private-user-1", "presence-audit-1"]);
  });

  it("is 400 too_many_channels with 101 channels in a list", async () => {
    const list = (count: number) => JSON.stringify({ socket_id: SOCKET, channel_name: audits(count) });
    expect((await send(list(100), JSON_TYPE)).status).toBe(200);
    expect(await send(list(101), JSON_TYPE)).toMatchObject({ status: 400, body: { code: "too_many_channels" } });
  });

  it("denies one channel and authorizes the others", async () => {
    const { status, body, records } = await send(batch(["private-user-1", "private-global"]));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        "private-user-1": { status: 403, data: { code: "channel_not_allowed", status: 403 } },
        "private-global": { status: 200 },
      },
    });
    expect(records).toEqual([
      expect.objectContaining({ message: "auth_denied", code: "channel_not_allowed", status: 403, kind: "unknown" }),
    ]);
  });

  it("logs equal denials once, with their count", async () => {
    const { records } = await send(batch(["private-user-1", "private-user-2", "audit-1", "private-global"]));
    expect(records).toMatchObject([
      { message: "auth_denied", kind: "unknown", count: 2 },
      { message: "auth_denied", kind: "audit", count: 1 },
    ]);
  });

  it("may have one channel", async () => {
    expect((await send(batch(["private-global"]))).body).toMatchObject({ "private-global": { status: 200 } });
  });

  it("answers a duplicate channel once", async () => {
    expect(Object.keys((await send(batch(["private-global", "private-global"]))).body)).toEqual(["private-global"]);
  });

  it("answers names that every object inherits", async () => {
    const { body } = await send(batch(["__proto__", "constructor", "toString"]));
    expect(Object.keys(body)).toEqual(["__proto__", "constructor", "toString"]);
  });

  it("may have 100 channels at most", async () => {
    expect(Object.keys((await send(batch(audits(100)))).body)).toHaveLength(100);
    expect(await send(batch(audits(101)))).toMatchObject({ status: 400, body: { code: "too_many_channels" } });
  });

  it("has room for a hundred of the longest names", async () => {
    const longest = audits(100).map((name) => `${name}=3A`.padEnd(164, ","));
    const { status, body } = await send(batch(longest));
    expect({ status, answers: Object.values(body) }).toEqual({
      status: 200,
      answers: longest.map(() => expect.objectContaining({ status: 200 })),
    });
  });

  it.each([
    ["with channel_name beside it", `${batch(["private-global"])}&channel_name=private-audit-1`],
    ["without a socket", "channel_name[0]=private-global"],
    ["with an index that is not a number", `socket_id=${SOCKET}&channel_name[x]=private-global`],
    ["with a duplicate index", `${batch(["private-global"])}&channel_name[0]=private-audit-1`],
  ])("is 400 invalid_body %s", async (_, body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { code: "invalid_body" } });
  });

  it("is 400 in JSON if a name is not a string", async () => {
    const body = { socket_id: SOCKET, "channel_name[0]": "private-global", "channel_name[1]": 42 };
    expect(await send(JSON.stringify(body), JSON_TYPE)).toMatchObject({ status: 400 });
  });
});
