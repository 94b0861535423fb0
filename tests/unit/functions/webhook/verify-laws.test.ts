import fc from "fast-check";
import Pusher from "pusher";
import { expect, it } from "vitest";
import { verifyWebhook } from "../../../../functions/webhook/verify.ts";
import { documentedApp } from "../../../support/pusher-app.ts";
import { NOW_MS, signatureOf } from "../../../support/webhooks.ts";

const { appId, key, secret } = documentedApp;
const library = new Pusher({ appId, key, secret, cluster: "eu" });

const event = fc.record({ name: fc.string(), channel: fc.string(), data: fc.string({ unit: "binary" }) });
const signedBody = fc.array(event, { maxLength: 5 }).map((events) => JSON.stringify({ time_ms: NOW_MS, events }));

type Change = (text: string) => string;
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((text) => text),
  fc.tuple(fc.nat(), fc.string({ minLength: 1, maxLength: 2 })).map(
    ([at, inserted]): Change =>
      (text) => {
        const where = at % (text.length + 1);
        return text.slice(0, where) + inserted + text.slice(where);
      },
  ),
  fc.nat().map(
    (at): Change =>
      (text) =>
        text.slice(0, at % (text.length + 1)),
  ),
  fc.string({ minLength: 1 }).map(
    (other): Change =>
      () =>
        other,
  ),
);
/** Mostly unchanged, so that every combination occurs. */
const rarely = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Change>((text) => text) },
  { weight: 1, arbitrary: change },
);

it("accepts exactly the changed webhooks that the pusher library accepts", () => {
  let accepted = 0;
  fc.assert(
    fc.property(signedBody, rarely, rarely, rarely, (original, changeBody, changeKey, changeSignature) => {
      const body = Buffer.from(changeBody(original));
      const sent = { key: changeKey(key), signature: changeSignature(signatureOf(Buffer.from(original))) };
      const ours = verifyWebhook({ ...sent, body }, [documentedApp], NOW_MS);
      // It throws if the signature is missing.
      const theirs =
        sent.signature !== "" &&
        library
          .webhook({
            headers: {
              "x-pusher-key": sent.key,
              "x-pusher-signature": sent.signature,
              "content-type": "application/json",
            },
            rawBody: body.toString(),
          })
          .isValid();
      accepted += Number(ours.ok);
      expect(ours.ok).toBe(theirs);
    }),
    { numRuns: 5_000 },
  );
  expect(accepted).toBeGreaterThan(1_000);
});

it("accepts the keys of a rotation as the pusher library does, which takes the others as extra tokens", () => {
  const keys = [documentedApp, { key: "previous-key", secret: "previous-secret" }];
  const named = fc.constantFrom(...keys, { key: "another", secret: "another" });
  fc.assert(
    fc.property(signedBody, named, named, (original, { key: sentKey }, { secret: signingSecret }) => {
      const signature = signatureOf(original, signingSecret);
      const ours = verifyWebhook({ key: sentKey, signature, body: Buffer.from(original) }, keys, NOW_MS);
      const headers = { "x-pusher-key": sentKey, "x-pusher-signature": signature, "content-type": "application/json" };
      expect(ours.ok).toBe(library.webhook({ headers, rawBody: original }).isValid(keys.slice(1)));
    }),
    { numRuns: 1_000 },
  );
});
