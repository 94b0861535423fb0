import { expect, it } from "vitest";
import { askedChannels } from "../../../../packages/local/src/hints/asked-channels.ts";
import { apiEvent } from "../../../support/api-event.ts";

it.each([
  ["a form", "socket_id=1.2&channel_name=private-a%3D3A", ["private-a=3A"]],
  ["a batch in a form", "channel_name[0]=a&channel_name[1]=b&other=c", ["a", "b"]],
  ["JSON", '{"socket_id":"1.2","channel_name":"a"}', ["a"]],
  ["a batch in JSON", '{"channel_name":["a",1,"b"]}', ["a", "b"]],
  ["nothing", "", []],
  ["other JSON", "null", []],
])("the channels of a request are found: %s", (_what, body, channels) => {
  for (const base64 of [false, true])
    expect(askedChannels(apiEvent({ method: "POST", path: "/auth", body, base64 }))).toEqual(channels);
});
