import { generateKeyPairSync, sign } from "node:crypto";
import { bitString, integer, objectId, octetString, sequence, set, tagged, time, utf8 } from "./der.ts";

/** A certificate and its private key, both as PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

const ECDSA_WITH_SHA256 = sequence(objectId("1.2.840.10045.4.3.2"));
const COMMON_NAME = objectId("2.5.4.3");
const SUBJECT_ALT_NAME = objectId("2.5.29.17");
const BASIC_CONSTRAINTS = objectId("2.5.29.19");
const TRUE = Buffer.from([0x01, 0x01, 0xff]);
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
const NAMES = [
  tagged(IP_ADDRESS, Buffer.from([127, 0, 0, 1])),
  tagged(IP_ADDRESS, Buffer.from([...Array<number>(15).fill(0), 1])),
  tagged(DNS_NAME, Buffer.from("localhost")),
];
const VERSION_3 = tagged(0xa0, integer(2));

/**
 * Creates a key and a self-signed certificate of 127.0.0.1, ::1 and localhost (RFC 5280). Only a process that adds the
 * certificate trusts it.
 */
export function createLoopbackCertificate(): TlsFiles {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(COMMON_NAME, utf8("pusher-server, for this machine only"))));
  const extensions = sequence(
    sequence(SUBJECT_ALT_NAME, octetString(sequence(...NAMES))),
    // A client trusts it as its own issuer.
    sequence(BASIC_CONSTRAINTS, TRUE, octetString(sequence(TRUE))),
  );
  const body = sequence(
    VERSION_3,
    integer(1),
    ECDSA_WITH_SHA256,
    name,
    sequence(time("20200101000000Z"), time("21200101000000Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, extensions),
  );
  const certificate = sequence(body, ECDSA_WITH_SHA256, bitString(sign("sha256", body, privateKey)));
  return { cert: pem(certificate), key: String(privateKey.export({ type: "pkcs8", format: "pem" })) };
}

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
