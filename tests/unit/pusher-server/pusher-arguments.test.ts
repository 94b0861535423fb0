import { expect, test } from "vitest";
import { FLAGS, HELP, parseArguments } from "../../../packages/pusher-server/src/cli/pusher-arguments.ts";

test("no flags start the default local app", () => {
  expect(parseArguments([])).toMatchObject({
    kind: "start",
    json: false,
    options: {
      apps: [{ appId: "1000", key: "local-key", secret: "local-secret" }],
      host: "127.0.0.1",
      port: 6001,
      tls: false,
    },
  });
});

test("every flag sets its option", () => {
  const flags = ["--port=7", "--host", "::1", "--app-id", "1", "--key", "k", "--secret", "s", "--json"];
  const more = ["--webhook-url", "http://a.test/h", "--subscription-count", "--fault", '{"effect":{"kind":"reset"}}'];
  const further = ["--app", "2:k2:s:2", "--tls", "--certificate-file", "c.pem", "--authorization-timeout", "30"];
  expect(parseArguments([...flags, ...more, ...further])).toEqual({
    kind: "start",
    json: true,
    certificateFile: "c.pem",
    options: {
      port: 7,
      host: "::1",
      apps: [
        { appId: "1", key: "k", secret: "s" },
        { appId: "2", key: "k2", secret: "s:2" },
      ],
      tls: true,
      authorizationTimeoutSeconds: 30,
      webhooks: { url: "http://a.test/h" },
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
  [["--app-id", "a/b"], "--app-id must not be empty nor contain spaces, /, ?, # or :"],
  [["--key", "a:b"], "--key must not be empty nor contain spaces, /, ?, # or :"],
  [["--secret", ""], "--secret must not be empty"],
  [["--webhook-url", "ftp://a.test"], '--webhook-url must be an http or https URL, not "ftp://a.test"'],
  [["--app", "2:k"], '--app must be ID:KEY:SECRET, not "2:k"'],
  [["--app", "1000:k:s"], 'Two apps have the appId "1000"'],
  [["--certificate-file", "c.pem"], "--certificate-file needs --tls"],
  [["--authorization-timeout", "0"], '--authorization-timeout must be a number of seconds from 1 to 999999, not "0"'],
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

test("the help has one line for each flag that the command accepts, and no other", () => {
  const shown = [...HELP.matchAll(/^ {2}(?:-h, )?--([a-z-]+)/gm)].map(([, flag]) => flag);
  expect(shown.sort()).toEqual(Object.keys(FLAGS).sort());
});

test("the help has the default of each flag that has one", () => {
  for (const [name, flag] of Object.entries(FLAGS)) {
    if ("default" in flag && typeof flag.default === "string")
      expect(HELP).toMatch(new RegExp(`^ {2}--${name} .*\\(default ${flag.default}\\)$`, "m"));
  }
});
