import { expect, it } from "vitest";
import { authFunction, bearer } from "../../../support/auth-function.ts";
import { jwtEnvironment } from "../../../support/key-sources.ts";
import { goodClaims, NOW_SECONDS } from "../../../support/matrix-tokens.ts";
import { encode, hmac, JWT_SECRET } from "../../../support/tokens.ts";

it.each([4_500, 100_000])(
  "denies user info with %i levels as too large, in one request and in a batch",
  async (levels) => {
    const { header, sign } = hmac(JWT_SECRET);
    const deep = "[".repeat(levels) + "]".repeat(levels);
    const claims = JSON.stringify({ ...goodClaims, realtime: { channels: ["*"], user_info: { deep: "?" } } });
    const text = `${encode(header)}.${Buffer.from(claims.replace('"?"', deep)).toString("base64url")}`;
    const headers = bearer(`${text}.${sign(text).toString("base64url")}`);
    const asked = authFunction(
      { ...jwtEnvironment, REALTIME_JWT_SECRET: JWT_SECRET },
      { now: () => NOW_SECONDS * 1000 },
    );
    expect(await asked.subscribe("1.1", "presence-global", headers)).toMatchObject({
      status: 403,
      body: { code: "user_info_too_large" },
    });
    const answers = await asked.subscribeEach("1.1", ["private-global", "presence-global"], headers);
    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  },
);
