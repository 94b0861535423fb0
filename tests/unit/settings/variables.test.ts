import type { Environment } from "@realtime-gateway/settings";
import { everySetting } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { ecPem, ed25519Pem, rsaPem } from "../../support/pem.ts";
import { masterKey } from "../../support/pusher-app.ts";
import { faults, jwtEnvironment, proxyEnvironment, read } from "../../support/settings.ts";

const KEY_TEXT = masterKey.toString("base64");
const QUEUE_URLS_REJECTED = [
  "domain-events-dlq",
  "arn:aws:sqs:eu-west-3:123456789012:domain-events-dlq",
  "https://sqs.example/x y/1/q",
];
const QUEUE_URLS = [
  "https://sqs.eu-west-3.amazonaws.com/123456789012/domain-events-dlq",
  "http://127.0.0.1:4566/000000000000/domain-events-dlq.fifo",
];
const TRUSTWORTHY_URLS = [
  "https://issuer.example/.well-known/jwks.json",
  "https://10.0.0.1:8443/x?y=1",
  "http://localhost:3000/x",
  "http://127.0.0.1/x",
  "http://[::1]:3000/x",
];
const URLS_REJECTED = [
  "issuer.example/jwks",
  "http://issuer.example/jwks",
  "http://10.0.0.1/jwks",
  "http://localhost.evil.example/jwks",
  "http://127.0.0.1@evil.example/jwks",
  "https://user:password@issuer.example/jwks",
  "https://issuer.example/jwks#fragment",
  "ftp://issuer.example/jwks",
  "file:///etc/passwd",
];
/** 32 bytes, of which characters may be fewer. */
const SHARED_SECRETS = ["x".repeat(32), "é".repeat(16)];
const SHARED_SECRETS_REJECTED = ["x".repeat(31), "é".repeat(15), "secret"];

/** None of these texts is a secret. */
const PUBLIC_TEXTS = [
  rsaPem(2048),
  ecPem("P-256").replaceAll("\n", "\\n"),
  rsaPem(2048).replaceAll(/-----.+-----|\n/g, ""),
  JSON.stringify({ kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43) }),
  JSON.stringify({ keys: [{ kty: "RSA", n: "n".repeat(342), e: "AQAB" }] }),
];

const { REALTIME_JWT_SECRET: _, ...jwtWithoutKey } = jwtEnvironment;
const ownership = {
  ...jwtEnvironment,
  REALTIME_OWNERSHIP_URL: "https://platform.example/own",
  REALTIME_OWNERSHIP_SECRET: "s",
};

const previousKey = { REALTIME_WEBHOOK_PREVIOUS_KEY: "previous" };
const previousSecret = { REALTIME_WEBHOOK_PREVIOUS_SECRET: "s" };

/** Accepted and rejected values of each variable, in an environment that reads the variable. */
const VARIABLES: [name: string, right: string[], wrong: string[], environment?: Environment][] = [
  ["PUSHER_APP_ID", ["1", "my-app_1"], [" ", "1/../2", "1?x", "a b", "1\n", "é"]],
  ["PUSHER_KEY", ["k", "278d425bdf160c739803"], ["a b", "a:b", "k\n"]],
  ["PUSHER_SECRET", ["s", "p@ss:w/o=rd"], [" ", "a b", "a\n"]],
  ["PUSHER_CLUSTER", ["eu", "us2", "ap-1"], ["EU", "eu.evil.example", "eu/x", "eu\n"]],
  ["PUSHER_HOST", ["127.0.0.1", "localhost", "pusher.example.com"], ["https://x", "x/y", "x:6001", "x y", "user@x"]],
  ["PUSHER_PORT", ["1", "443", "65535"], ["0", "65536", "-1", "1.5", "80a", " 80", "0x50", "1e3", "９０"]],
  ["PUSHER_SCHEME", ["https", "http"], ["HTTPS", "ws", "https:"]],
  ["PUSHER_USE_PRIVATE_CHANNELS", ["1", "0"], ["true", "yes", "2", "01"]],
  ["PUSHER_MAX_PAYLOAD_BYTES", ["256", "9000", "10240"], ["255", "10241", "0", "-9000", "9000.5", "9k", "NaN"]],
  ["PUSHER_DRY_RUN", ["1", "0"], ["true", "no", "-1"]],
  [
    "PUSHER_ENCRYPTION_MASTER_KEY_BASE64",
    [KEY_TEXT],
    [
      "short",
      Buffer.alloc(31).toString("base64"),
      Buffer.alloc(33).toString("base64"),
      `${KEY_TEXT}\n`,
      "é".repeat(43),
    ],
  ],
  ["REALTIME_PUSHER_TIMEOUT_MS", ["100", "5000", "30000"], ["99", "30001", "5s", "1e3"]],
  ["REALTIME_DLQ_URL", QUEUE_URLS, QUEUE_URLS_REJECTED],
  ["REALTIME_VALIDATION", ["tolerant", "strict"], ["STRICT", "1", "none"]],
  ["REALTIME_CONFLATE", ["1", "0"], ["true", "2"]],
  ["REALTIME_STAMP", ["1", "0"], ["true", "2"]],
  ["REALTIME_LOG_EVENTS", ["1", "0"], ["true", "2"]],
  ["REALTIME_TRACE", ["1", "0"], ["true", "2"]],
  ["REALTIME_MAX_EVENT_AGE_SECONDS", ["1", "3600", "1209600"], ["0", "1209601", "1h", "-1"]],
  [
    "REALTIME_METRICS_NAMESPACE",
    ["RealtimeGateway", "realtime-gateway-ci", "a/b.c_d#1", "n".repeat(255)],
    ["AWS/Lambda", "a b", "a:b", "é", "n".repeat(256)],
  ],
  [
    "REALTIME_BASE_PATH",
    ["/", "/realtime", "/realtime/", "/api/realtime/pusher", "/v1.2/a_b~c-d"],
    ["realtime", "//", "/a//b", "/a b", "/a?b", "/a#b", "/%61", "/é", "/a/../b", "/.", "/:id", "/*", "https://x/y"],
  ],
  [
    "REALTIME_ALLOWED_ORIGINS",
    [
      "*",
      "https://app.example",
      "https://app.example, http://localhost:3001",
      "https://app.example/",
      "https://app.example,",
      "https://*.app.example",
      "https://app-*.vercel.app",
      "https://app-*-team.vercel.app:8443",
      "capacitor://localhost",
      "ionic://localhost",
      "tauri://localhost",
      "http://tauri.localhost",
      "app://-",
      "chrome-extension://abcdefghijklmnop",
      "moz-extension://a1b2c3d4-0000-4000-8000-a1b2c3d4e5f6",
    ],
    [
      "app.example",
      "null",
      "file://",
      "https://",
      "https://app.example/page",
      "https://app.example//",
      "https://app.example?a",
      "https://user@app.example",
      "https://APP.example",
      "https://app.example:443",
      "capacitor://localhost/page",
      "*,https://app.example",
      "https://*",
      "https://app.*",
      "https://*:8443",
      "https://*.*.example",
      "https://a*b*.example",
      "*://app.example",
      "https*://app.example",
      "https://app.example:*",
      "chrome-extension://*",
      ",",
      "https://a.example, x",
    ],
  ],
  ["REALTIME_AUTH_MODE", ["open"], ["OPEN", "none", "jwt,proxy", "JWT"]],
  ["REALTIME_JWT_JWKS_URL", TRUSTWORTHY_URLS, URLS_REJECTED, jwtWithoutKey],
  [
    "REALTIME_JWT_PUBLIC_KEY",
    [rsaPem(2048), rsaPem(3072), ecPem("P-256"), ecPem("P-384"), ecPem("P-521"), ed25519Pem()],
    ["-----BEGIN PUBLIC KEY-----", rsaPem(1024), ecPem("secp256k1")],
    jwtWithoutKey,
  ],
  ["REALTIME_JWT_SECRET", SHARED_SECRETS, [...SHARED_SECRETS_REJECTED, ...PUBLIC_TEXTS], jwtEnvironment],
  [
    "REALTIME_JWT_ALGORITHMS",
    ["HS256", "HS256,HS512", "HS256, HS384"],
    ["none", "HS256,none", "hs256", "HS256,", ",", "HS128", "HS256;HS512", "toString"],
    jwtEnvironment,
  ],
  [
    "REALTIME_JWT_ISSUER",
    ["https://issuer.example", "us", "https://issuer.example/v1, https://issuer.example/v2"],
    ["a\nb", "\n", " us", "us ", "  ", "us,", ",us", "us,,them", "us, \n"],
    jwtEnvironment,
  ],
  [
    "REALTIME_JWT_AUDIENCE",
    ["realtime", "https://api.example", "realtime, web"],
    ["a\nb", "\r", "realtime,", ","],
    jwtEnvironment,
  ],
  ["REALTIME_JWT_CLIENT_ID", ["app", "https://app.example", "app, web"], ["a\nb", "app,", ","], jwtEnvironment],
  ...["REALTIME_JWT_USER_CLAIM", "REALTIME_JWT_GRANTS_CLAIM"].map((name): (typeof VARIABLES)[number] => [
    name,
    ["sub", "https://app.example/realtime", "app_metadata.realtime", "my claim"],
    [
      " sub",
      "sub ",
      "a\nb",
      // Users write these claims themselves.
      "user_metadata",
      "user_metadata.realtime",
      "app.user_metadata",
      "unsafe_metadata.realtime",
      "userMetadata",
    ],
    jwtEnvironment,
  ]),
  ["REALTIME_OWNERSHIP_URL", TRUSTWORTHY_URLS, URLS_REJECTED, ownership],
  ["REALTIME_OWNERSHIP_SECRET", ["s", "p@ss:w/o=rd"], [" ", "a b", "a\n"], ownership],
  ["REALTIME_OWNERSHIP_CACHE_SECONDS", ["0", "10", "300"], ["301", "-1", "1m", "1.5"], ownership],
  [
    "REALTIME_USER_INFO_CLAIMS",
    ["name", "name,picture", "name, picture"],
    [",", "name,", "name,,picture", " "],
    jwtEnvironment,
  ],
  ["REALTIME_PROXY_SECRET", SHARED_SECRETS, SHARED_SECRETS_REJECTED, proxyEnvironment],
  ["REALTIME_TEST_TOKEN", ["t", "s3cr3t-~!=/+"], ["a b", "a\n", "é", "\t"]],
  ["REALTIME_WEBHOOK_PREVIOUS_KEY", ["a1-b_2"], ["a b", "a:b", "é"], previousSecret],
  ["REALTIME_WEBHOOK_PREVIOUS_SECRET", ["s", "p@ss:w/o=rd"], [" ", "a b", "a\n"], previousKey],
  ["REALTIME_WEBHOOK_QUEUE_URL", QUEUE_URLS, QUEUE_URLS_REJECTED],
];

describe("each variable", () => {
  it.each(VARIABLES)(
    "%s accepts good values, and its fault names it for bad values",
    (name, right, wrong, environment) => {
      for (const value of right) expect(() => read({ ...environment, [name]: value }), value).not.toThrow();
      for (const value of wrong)
        expect(faults({ ...environment, [name]: value }), value).toEqual([
          expect.stringMatching(new RegExp(`^${name} must`)),
        ]);
    },
  );

  it("is in the table above", () => {
    expect(Object.keys(everySetting.variables)).toEqual(VARIABLES.map(([name]) => name));
  });
});
