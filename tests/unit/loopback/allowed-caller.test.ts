import { complaintAboutCaller, isLoopbackAddress } from "@realtime-gateway/loopback";
import { expect, it } from "vitest";

it.each([
  "127.0.0.1:4566",
  "localhost",
  "LOCALHOST:4566",
  "[::1]:4566",
  "sqs.us-east-1.localhost:4566",
  "host.docker.internal:3000",
])("the name of this machine may stand in Host: %s", (host) => {
  expect(complaintAboutCaller({ host })).toBeUndefined();
});

it.each([
  "evil.example",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "10.0.0.7:4566",
  "",
  undefined,
  "a b",
  "evil.example@127.0.0.1:x",
])("another name in Host is rejected: %s", (host) => {
  expect(complaintAboutCaller({ ...(host !== undefined && { host }) })).toContain("Host");
});

it.each(["http://localhost:5173", "https://127.0.0.1", "http://app.localhost:3000"])(
  "a page of this machine may send: %s",
  (origin) => {
    expect(complaintAboutCaller({ host: "127.0.0.1:3000", origin })).toBeUndefined();
  },
);

it.each(["https://evil.example", "null", "", "https://localhost.evil.example", "file://"])(
  "a page of another site is rejected: %s",
  (origin) => {
    expect(complaintAboutCaller({ host: "127.0.0.1:3000", origin })).toContain("Origin");
  },
);

it.each(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])(
  "a connection from %s is from this machine",
  (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  },
);

it.each(["10.0.0.7", "::ffff:10.0.0.7", "fe80::1", "128.0.0.1", "::", "", undefined])(
  "a connection from %s is not from this machine",
  (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  },
);
