import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { startCli } from "../../support/cli-process.ts";
import { jwtEnvironment } from "../../support/key-sources.ts";
import { answers, startNeighbour } from "../../support/neighbour.ts";
import { AUDIENCE, type Claims, createKeyPair, ISSUER, makeToken } from "../../support/tokens.ts";

const CLI = fileURLToPath(new URL("../../../packages/operations/src/cli/token.ts", import.meta.url));
const key = createKeyPair("RS256", "key-1");

async function openIssuer() {
  const issuer = await startNeighbour("/jwks.json", answers(200, { keys: [key.jwk] }));
  onTestFinished(() => issuer.goDown());
  const env = { ...jwtEnvironment, REALTIME_JWT_JWKS_URL: issuer.url };
  return { token: (flags: readonly string[], input = "") => startCli(CLI, flags, env, input).result };
}

const tokenOf = (claims: Claims = {}): string =>
  makeToken(key.signer, {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "ann",
    exp: Math.floor(Date.now() / 1000) + 300,
    realtime: { channels: ["audit-42"] },
    ...claims,
  });

describe("npm run token", () => {
  it("reads the token from standard input, and explains the answer for a channel", async () => {
    const { token } = await openIssuer();
    const text = tokenOf();
    const allowed = await token(["-", "--channel", "private-audit-42"], `Bearer ${text}\n`);
    expect(allowed).toMatchObject({ exitCode: 0, stderr: "" });
    expect(allowed.stdout).toContain("channel   private-audit-42: authorized.");
    const denied = await token([text, "--channel", "private-audit-43", "--json"]);
    expect([denied.exitCode, JSON.parse(denied.stdout)]).toMatchObject([
      1,
      { verified: true, user: "ann", channel: { authorized: false, code: "not_granted" } },
    ]);
    for (const part of text.split(".")) expect(allowed.stdout + denied.stdout).not.toContain(part);
  });

  it("ends with 1 and the failed check for a token that does not verify", async () => {
    const { token } = await openIssuer();
    const { exitCode, stdout } = await token(["-"], tokenOf({ aud: "other" }));
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/check audience[\s\S]*REALTIME_JWT_AUDIENCE/)]);
  });

  it("ends with 2 for a mistake on the command line or in the environment", async () => {
    const { token } = await openIssuer();
    expect(await token(["a.b.c", "d.e.f"])).toMatchObject({ exitCode: 2, stdout: "" });
    const { exitCode, stderr } = await startCli(CLI, ["x"], { REALTIME_AUTH_MODE: "jwt" }).result;
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("- REALTIME_JWT_ISSUER is missing")]);
  });

  it("helps, without an environment", async () => {
    const { exitCode, stdout } = await startCli(CLI, ["--help"], {}).result;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("npm run --silent token -- TOKEN | -")]);
  });
});
