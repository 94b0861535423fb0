import { everySetting } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { ecPem, ed25519Pem, rsaPem } from "../../support/pem.ts";
import { masterKey } from "../../support/pusher-app.ts";
import { type Environment, faults, jwtEnvironment, proxyEnvironment, read } from "../../support/settings.ts";

const KEY_TEXT = masterKey.toString("base64");
const QUEUE_URLS_REFUSED = [
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
const URLS_REFUSED = [
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
const SHARED_SECRETS_REFUSED = ["x".repeat(31), "é".repeat(15), "secret"];

const { REALTIME_JWT_SECRET: _, ...jwtWithoutKey } = jwtEnvironment;
const ownership = {
  ...jwtEnvironment,
  REALTIME_OWNERSHIP_URL: "https://platform.example/own",
  REALTIME_OWNERSHIP_SECRET: "s",
};

/** Values that a variable takes, and values that it refuses, in an environment where it means something. */
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
  ["REALTIME_DLQ_URL", QUEUE_URLS, QUEUE_URLS_REFUSED],
  ["REALTIME_VALIDATION", ["tolerant", "strict"], ["STRICT", "1", "none"]],
  ["REALTIME_CONFLATE", ["1", "0"], ["true", "2"]],
  ["REALTIME_MAX_EVENT_AGE_SECONDS", ["1", "3600", "1209600"], ["0", "1209601", "1h", "-1"]],
  [
    "REALTIME_METRICS_NAMESPACE",
    ["RealtimeGateway", "realtime-gateway-ci", "a/b.c_d#1", "n".repeat(255)],
    ["AWS/Lambda", "a b", "a:b", "é", "n".repeat(256)],
  ],
  [
    "REALTIME_ALLOWED_ORIGINS",
    ["*", "https://app.example", "https://app.example, http://localhost:3001"],
    [
      "app.example",
      "null",
      "https://app.example/",
      "https://*.app.example",
      "*,https://app.example",
      "https://a.example, x",
    ],
  ],
  ["REALTIME_AUTH_MODE", ["open"], ["OPEN", "none", "jwt,proxy", "JWT"]],
  ["REALTIME_JWT_JWKS_URL", TRUSTWORTHY_URLS, URLS_REFUSED, jwtWithoutKey],
  [
    "REALTIME_JWT_PUBLIC_KEY",
    [rsaPem(2048), rsaPem(3072), ecPem("P-256"), ecPem("P-384"), ecPem("P-521"), ed25519Pem()],
    ["-----BEGIN PUBLIC KEY-----", rsaPem(1024), ecPem("secp256k1")],
    jwtWithoutKey,
  ],
  ["REALTIME_JWT_SECRET", SHARED_SECRETS, SHARED_SECRETS_REFUSED, jwtEnvironment],
  [
    "REALTIME_JWT_ALGORITHMS",
    ["HS256", "HS256,HS512", "HS256, HS384"],
    ["none", "HS256,none", "hs256", "HS256,", ",", "HS128", "HS256;HS512", "toString"],
    jwtEnvironment,
  ],
  ["REALTIME_JWT_ISSUER", ["https://issuer.example", "us"], ["a\nb", "\n", " us", "us ", "  "], jwtEnvironment],
  [
    "REALTIME_JWT_AUDIENCE",
    ["realtime", "https://api.example", "realtime, web"],
    ["a\nb", "\r", "realtime,", ","],
    jwtEnvironment,
  ],
  ["REALTIME_OWNERSHIP_URL", TRUSTWORTHY_URLS, URLS_REFUSED, ownership],
  ["REALTIME_OWNERSHIP_SECRET", ["s", "p@ss:w/o=rd"], [" ", "a b", "a\n"], ownership],
  ["REALTIME_OWNERSHIP_CACHE_SECONDS", ["0", "10", "300"], ["301", "-1", "1m", "1.5"], ownership],
  ["REALTIME_PROXY_SECRET", SHARED_SECRETS, SHARED_SECRETS_REFUSED, proxyEnvironment],
  [
    "REALTIME_USER_INFO_CLAIMS",
    ["name", "name,picture", "name, picture"],
    [",", "name,", "name,,picture", " "],
    jwtEnvironment,
  ],
  ["REALTIME_TEST_TOKEN", ["t", "s3cr3t-~!=/+"], ["a b", "a\n", "é", "\t"]],
  ["REALTIME_WEBHOOK_QUEUE_URL", QUEUE_URLS, QUEUE_URLS_REFUSED],
];

describe("each variable", () => {
  it.each(VARIABLES)(
    "%s takes its right values and names itself at its wrong ones",
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
