import { describe, expect, it } from "vitest";
import { jsonLines } from "../../support/cli-process.ts";
import { startPeer } from "../../support/pusher-peer.ts";
import { APP, type Client, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { environmentOf, startUsers } from "../../support/users-process.ts";

/** A server, browsers that signed in on it, and the command for its app. */
async function openUsers() {
  const server = await startServer();
  const env = environmentOf(server);
  return {
    server,
    env,
    async signIn(userId: string): Promise<Client> {
      const client = clientOf(server, { userId });
      const done = eventOf(client, "pusher:signin_success");
      client.signin();
      await done;
      return client;
    },
    users: (...flags: readonly string[]) => startUsers(flags, env).result,
  };
}

/** The code with which the server closed a browser's connection. */
const closeCodeOf = async (error: Promise<unknown>): Promise<unknown> =>
  JSON.parse(/"code":(\d+)/.exec(JSON.stringify(await error))?.[1] ?? "0");

describe("users terminate", () => {
  it("closes every connection of the user until the page connects again", async () => {
    const { signIn, users } = await openUsers();
    const browsers = [await signIn("ann"), await signIn("ann")];
    const errors = browsers.map((browser) => eventOf(browser.connection, "error"));
    const { exitCode, stdout, stderr } = await users("terminate", "ann");
    expect(await Promise.all(errors.map(closeCodeOf))).toEqual([4009, 4009]);
    await expect
      .poll(() => browsers.map(({ connection }) => connection.state))
      .toEqual(["disconnected", "disconnected"]);
    expect(stdout).toMatch(/^closed the connections of ann\nClosed the connections of 1 user\.\n/);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it("makes the gateway authorize each channel anew when the page connects again", async () => {
    const { server, signIn, users } = await openUsers();
    const browser = await signIn("ann");
    await eventOf(browser.subscribe("private-audit-42"), "pusher:subscription_succeeded");
    const before = browser.connection.socket_id;
    const closed = eventOf(browser.connection, "disconnected");
    await users("terminate", "ann");
    await closed;
    const again = eventOf(browser.channel("private-audit-42"), "pusher:subscription_succeeded");
    browser.connect();
    await again;
    expect(browser.connection.socket_id).not.toBe(before);
    expect(server.requests.entries.map(({ path }) => path)).toEqual(["/apps/42/users/ann/terminate_connections"]);
  });

  it("does not close connections of other users, or without a sign-in", async () => {
    const { server, signIn, users } = await openUsers();
    const bob = await signIn("bob");
    const anonymous = clientOf(server, { userId: "ann" });
    await eventOf(anonymous.connection, "connected");
    expect(await users("terminate", "ann")).toMatchObject({ exitCode: 0 });
    for (const client of [bob, anonymous]) {
      // The server sends the answer to a subscription after everything before it, a close included.
      await eventOf(client.subscribe("private-global"), "pusher:subscription_succeeded");
      expect(client.connection.state).toBe("connected");
    }
  });

  it("accepts several users with any ids", async () => {
    const { signIn, users } = await openUsers();
    const ids = ["auth0|5f", "a/b", "a?b", "a#b", "100%", "%2F", "Zoé Müller", ".", "..", "../events", "-x", "a@b.c"];
    const others = [await signIn("a"), await signIn("/"), await signIn("users"), await signIn("terminate_connections")];
    const browsers = await Promise.all(ids.map(signIn));
    const errors = browsers.map((browser) => eventOf(browser.connection, "error"));
    const { exitCode, stdout, stderr } = await users("terminate", "--json", "--", ...ids);
    expect(await Promise.all(errors.map(closeCodeOf))).toEqual(ids.map(() => 4009));
    expect(jsonLines(stdout)).toEqual([
      ...ids.map((user) => ({ user, outcome: "terminated" })),
      { ending: "complete", terminated: ids.length, failed: 0, left: 0 },
    ]);
    expect([exitCode, stderr, others.map(({ connection }) => connection.state)]).toEqual([
      0,
      "",
      others.map(() => "connected"),
    ]);
  });

  it("exits with 0 for an id without connections", async () => {
    const { users } = await openUsers();
    expect(await users("terminate", "nobody")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("a failure", () => {
  const SECRETS = [APP.secret, "wrong-secret", "wrong-key", "auth_signature", "auth_key=", "/apps/"];

  it.each([
    ["PUSHER_SECRET", "wrong-secret"],
    ["PUSHER_KEY", "wrong-key"],
    ["PUSHER_APP_ID", "43"],
  ])("of a wrong %s names the settings to check, and no secret", async (name, value) => {
    const { env, signIn } = await openUsers();
    const browser = await signIn("ann");
    const { exitCode, stdout, stderr } = await startUsers(["terminate", "ann"], { ...env, [name]: value }).result;
    expect(stderr).toMatch(
      /^not closed: the connections of ann \(pusher_misconfigured: status 40[14]: \w.*\)\n.*PUSHER_SECRET/,
    );
    expect(stdout).toContain("Closed the connections of 0 users; 1 failed.");
    expect([exitCode, browser.connection.state]).toEqual([1, "connected"]);
    for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
  });

  it("of a server that is down names its address", async () => {
    const { server, env, users } = await openUsers();
    await server.close();
    const { exitCode, stdout, stderr } = await users("terminate", "ann", "bob");
    expect(stderr).toContain("bob (pusher_unavailable: ECONNREFUSED)");
    expect(stderr).toContain(`${env.PUSHER_HOST}:${env.PUSHER_PORT}: Pusher timed out`);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("0 users; 2 failed.")]);
    for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
  });

  it("for one user does not stop the others", async () => {
    const { server, users } = await openUsers();
    server.faults.add({ match: { path: "/users/ann/*" }, effect: { kind: "answer", status: 500 } });
    const { exitCode, stdout } = await users("terminate", "ann", "bob", "--json");
    expect(jsonLines(stdout)).toEqual([
      { user: "ann", outcome: "failed", code: "pusher_unavailable", detail: "status 500" },
      { user: "bob", outcome: "terminated" },
      { ending: "complete", terminated: 1, failed: 1, left: 0 },
    ]);
    expect(exitCode).toBe(1);
  });

  it("by Ctrl-C stops after the current user", async () => {
    const reached = Promise.withResolvers<() => void>();
    const { port } = await startPeer((response) => reached.resolve(() => void response.end("{}")));
    const { result, prints, kill } = startUsers(
      ["terminate", "ann", "bob"],
      environmentOf({ host: "127.0.0.1", port }),
    );
    const answer = await reached.promise;
    const stopping = prints("Stopping");
    kill("SIGINT");
    await stopping;
    answer();
    const { exitCode, stdout } = await result;
    expect([exitCode, stdout]).toEqual([130, expect.stringContaining("1 user; 1 not tried.")]);
  });
});

describe("the command", () => {
  it("names every mistake, and exits with 2", async () => {
    const { exitCode, stdout, stderr } = await startUsers(["ban", "", "--bogus"]).result;
    expect(stderr).toMatch(/^users: .*"ban".*--bogus.*empty.*--help/);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  it("names every missing variable", async () => {
    const { exitCode, stdout, stderr } = await startUsers(["terminate", "ann"], { PUSHER_PORT: "x" }).result;
    for (const name of ["APP_ID", "KEY", "SECRET", "CLUSTER", "PORT"]) expect(stderr).toContain(`- PUSHER_${name} `);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  it("prints its help without an environment", async () => {
    const { exitCode, stdout } = await startUsers(["--help"]).result;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("npm run users -- terminate ID [ID...]")]);
  });
});
