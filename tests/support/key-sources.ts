import type { TokenMakers } from "./matrix-tokens.ts";
import { answers, type Neighbour, startNeighbour } from "./neighbour.ts";
import { AUDIENCE, createKeyPair, hmac, ISSUER, JWT_SECRET, type KeyPair, type Signer } from "./tokens.ts";

/** One way to configure the issuer's key. */
export interface KeySource {
  readonly name: string;
  environmentOf(issuer: Issuer): Readonly<Record<string, string>>;
  makersOf(issuer: Issuer): TokenMakers;
}

/** An issuer with a key pair and a page that publishes it. */
export interface Issuer extends Neighbour {
  readonly keys: KeyPair;
}

export const jwtEnvironment = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_ISSUER: ISSUER,
  REALTIME_JWT_AUDIENCE: AUDIENCE,
} as const;

const own = createKeyPair("RS256", "key-1");
const another = createKeyPair("RS256", "key-1");
const unknown = createKeyPair("RS256", "key-2");
const curve = createKeyPair("ES256", "key-1");
const curveOfAnother = createKeyPair("ES256", "key-1");

export async function startIssuer(): Promise<Issuer> {
  const page = await startNeighbour("/jwks.json", answers(200, { keys: [own.jwk] }));
  return { ...page, keys: own };
}

/** Signs with the same key, under a header that names another algorithm. */
const claiming = (alg: string, { header, sign }: Signer): Signer => ({ header: { ...header, alg }, sign });

export const KEY_SOURCES: readonly KeySource[] = [
  {
    name: "a JWKS",
    environmentOf: ({ url }) => ({ REALTIME_JWT_JWKS_URL: url }),
    makersOf: ({ url }) => ({
      issuer: own.signer,
      published: own.pem,
      others: {
        "another key under the issuer's kid": another.signer,
        "another key, embedded": withHeader(another.signer, { jwk: another.jwk }),
        "another key, with a link to it": withHeader(another.signer, { jku: url, x5u: url }),
        "a kid that is not published": unknown.signer,
        "the issuer's key under a kid that is not published": withHeader(own.signer, { kid: "key-2" }),
        "an algorithm that the key is not for": curve.signer,
        "an algorithm that is not allowed": claiming("RS512", own.signer),
        "a secret instead of a key": hmac(JWT_SECRET),
      },
    }),
  },
  {
    name: "an SPKI PEM",
    environmentOf: () => ({ REALTIME_JWT_PUBLIC_KEY: curve.pem }),
    makersOf: () => ({
      issuer: curve.signer,
      published: curve.pem,
      others: {
        "another key": curveOfAnother.signer,
        "another key, embedded": withHeader(curveOfAnother.signer, { jwk: curveOfAnother.jwk }),
        "an algorithm that the key is not for": own.signer,
        "an algorithm that is not allowed": claiming("ES384", curve.signer),
        "a secret instead of a key": hmac(curve.pem.trim()),
        "the key's JSON as a secret": hmac(JSON.stringify(curve.jwk)),
      },
    }),
  },
  {
    name: "an SPKI PEM beside a secret",
    environmentOf: () => ({ REALTIME_JWT_PUBLIC_KEY: curve.pem, REALTIME_JWT_SECRET: JWT_SECRET }),
    makersOf: () => ({
      issuer: curve.signer,
      published: curve.pem,
      others: {
        "another key": curveOfAnother.signer,
        "another's secret": hmac(`${JWT_SECRET.slice(0, -1)}x`),
        "the public key as a secret": hmac(curve.pem.trim()),
        "the public key's bytes as a secret": hmac(curve.der),
        "the key's JSON as a secret": hmac(JSON.stringify(curve.jwk)),
        "the secret under the key's algorithm": claiming("ES256", hmac(JWT_SECRET)),
        "the key under the secret's algorithm": claiming("HS256", curve.signer),
        "an algorithm of the secret that is not allowed": hmac(JWT_SECRET, 512),
      },
    }),
  },
  {
    name: "a secret",
    environmentOf: () => ({ REALTIME_JWT_SECRET: JWT_SECRET }),
    makersOf: () => ({
      issuer: hmac(JWT_SECRET),
      published: "Pusher's public key",
      others: {
        "another's secret": hmac(`${JWT_SECRET.slice(0, -1)}x`),
        "the secret with a space added": hmac(`${JWT_SECRET} `),
        "the secret's hash": hmac(Buffer.from(JWT_SECRET).toString("base64")),
        "an algorithm that is not allowed": hmac(JWT_SECRET, 512),
        "an algorithm that is not allowed, of 384 bits": hmac(JWT_SECRET, 384),
        "a key pair": own.signer,
        "another's secret, embedded": withHeader(hmac("x".repeat(32)), {
          jwk: { kty: "oct", k: Buffer.from("x".repeat(32)).toString("base64url") },
        }),
      },
    }),
  },
];

function withHeader({ header, sign }: Signer, more: Signer["header"]): Signer {
  return { header: { ...header, ...more }, sign };
}
