import { expect, test } from "vitest";
import { parseArguments } from "../../../packages/pusher-server/src/cli/pusher-arguments.ts";

test("no flags start the default local app", () => {
  expect(parseArguments([])).toMatchObject({
    kind: "start",
    json: false,
    options: { appId: "1000", key: "local-key", secret: "local-secret", host: "127.0.0.1", port: 6001 },
  });
});

test("every flag sets its option", () => {
  const flags = ["--port=7", "--host", "::1", "--app-id", "1", "--key", "k", "--secret", "s", "--json"];
  const more = ["--webhook-url", "http://a.test/h", "--subscription-count", "--fault", '{"effect":{"kind":"reset"}}'];
  expect(parseArguments([...flags, ...more])).toEqual({
    kind: "start",
    json: true,
    options: {
      port: 7,
      host: "::1",
      appId: "1",
      key: "k",
      secret: "s",
      webhookUrl: "http://a.test/h",
      subscriptionCount: true,
      faults: [{ effect: { kind: "reset" } }],
    },
  });
});

test.each([
  [["--bogus"], "unknown flag --bogus"],
  [["extra"], 'unexpected argument "extra"'],
  [["--key"], "--key needs a value"],
  [["--key", "--json"], "--key needs a value"],
  [["--json=yes"], "--json takes no value"],
  [["--port", "70000"], '--port must be a number from 0 to 65535, not "70000"'],
  [["--port", "1.5"], '--port must be a number from 0 to 65535, not "1.5"'],
  [["--host", ""], "--host must not be empty"],
  [["--app-id", "a/b"], "--app-id must not be empty nor contain spaces, /, ? or #"],
  [["--key", "a:b"], "--key must not be empty nor contain spaces, /, ?, # or :"],
  [["--secret", ""], "--secret must not be empty"],
  [["--webhook-url", "ftp://a.test"], '--webhook-url must be an http or https URL, not "ftp://a.test"'],
  [["--fault", "{"], "--fault '{': not valid JSON"],
])("the flags %j are rejected with the reason", (flags, complaint) => {
  expect(parseArguments(flags)).toEqual({ kind: "invalid", complaints: [complaint] });
});

test("the complaints name every mistake", () => {
  const parsed = parseArguments(["--bogus", "--port", "x", "--key"]);
  expect(parsed).toMatchObject({
    complaints: [/bogus/, /--key needs/, /--port/].map((part) => expect.stringMatching(part)),
  });
});

test("-h asks for the help", () => {
  expect(parseArguments(["-h"])).toEqual({ kind: "help" });
});
