import { gzipSync } from "node:zlib";
import type { Dice } from "../../../tools/soak/dice.ts";

/** A body, and the content type that goes with it. */
export interface FuzzBody {
  readonly bytes: Buffer;
  readonly type: string;
}

export const FORM = "application/x-www-form-urlencoded";
export const JSON_TYPE = "application/json";

const text = (content: string, type: string): FuzzBody => ({ bytes: Buffer.from(content), type });
const json = (value: unknown): FuzzBody => text(JSON.stringify(value), JSON_TYPE);
const form = (fields: Readonly<Record<string, string>>): FuzzBody => text(new URLSearchParams(fields).toString(), FORM);

const CHANNELS = [
  "private-audit-1",
  "presence-audit-1",
  "private-encrypted-audit-1",
  "audit-1",
  "private-audit-2",
  "presence-fiche-7",
  "private-job-9",
  "private-global",
  "presence-global",
  "private-realtime-test",
  "presence-job-9",
  "presence-audit-10",
  "private-encrypted-job-9",
  "private-encrypted-global",
  "private-audit-a=3Ab",
  "private-audit-1=2E",
  "private-foo",
  "__proto__",
  "",
] as const;
const SOCKETS = ["1", "", "1.2\n", "9".repeat(1000), "1.1", "01234.1234"] as const;
const socketOf = (dice: Dice): string => (dice.chance(0.8) ? "1234.1234" : dice.pick(SOCKETS));

const subscription = (dice: Dice) => ({ socket_id: socketOf(dice), channel_name: dice.pick(CHANNELS) });

const plain = (dice: Dice): FuzzBody => (dice.chance(0.5) ? form(subscription(dice)) : json(subscription(dice)));

function batch(dice: Dice): FuzzBody {
  const count = dice.chance(0.1) ? dice.below(130) : dice.below(8);
  const names = Array.from({ length: count }, (_, index) => [`channel_name[${index}]`, dice.pick(CHANNELS)]);
  return form({ socket_id: socketOf(dice), ...Object.fromEntries(names) });
}

function testEvent(dice: Dice): FuzzBody {
  const payload = dice.pick<unknown>([{ a: 1 }, {}, [], "x", "{}", null, { text: "x".repeat(dice.below(20_000)) }]);
  const event = dice.pick<unknown>(["test", "client-x", "pusher:x", "", "x".repeat(201), 1, null, undefined]);
  return json({ channel: dice.chance(0.5) ? dice.pick(CHANNELS) : undefined, event, payload });
}

function webhook(dice: Dice): FuzzBody {
  const time_ms = dice.chance(0.8) ? Date.now() : dice.pick<unknown>([0, "0", null, 1e308, -1, Date.now() + 400_000]);
  const event = { name: "channel_occupied", channel: dice.pick(CHANNELS) };
  const events = dice.pick<unknown>([
    [event],
    [event, event],
    [],
    {},
    null,
    [null],
    [{ name: "__proto__" }],
    [{ name: 1 }],
  ]);
  return json({ time_ms, events });
}

/** A body of 100,000 levels. */
const LEVELS = 100_000;
const DEEP_ARRAY = `${"[".repeat(LEVELS)}1${"]".repeat(LEVELS)}`;
const DEEP_OBJECT = `${'{"a":'.repeat(LEVELS)}1${"}".repeat(LEVELS)}`;
const DEEP_WITHIN_LIMIT = `{"socket_id":"1234.1234","channel_name":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
const DEEP_EVENTS = `{"time_ms":${Date.now()},"events":[{"name":"x","data":${DEEP_ARRAY}}]}`;
const MANY_KEYS = JSON.stringify(
  Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`key${index}`, index])),
);

const JSON_BOMBS = [
  `{"socket_id":"1234.1234","channel_name":"private-global","payload":${DEEP_ARRAY}}`,
  `{"payload":{"deep":${DEEP_ARRAY}}}`,
  `{"payload":{"deep":${DEEP_OBJECT}}}`,
  DEEP_WITHIN_LIMIT,
  DEEP_EVENTS,
  MANY_KEYS,
  "[".repeat(60_000),
  `"${"\\u0000".repeat(9_000)}"`,
  `{"socket_id":"${"1".repeat(60_000)}.1","channel_name":"private-global"}`,
  `{"channel_name":"private-audit-${"=3A".repeat(20_000)}","socket_id":"1.1"}`,
  `{"payload":{"text":"${"x".repeat(1_200_000)}"}}`,
  `{"payload":{"text":"${"\\ud83d\\ude00".repeat(60_000)}"}}`,
  `{"payload":{${'"a":1,'.repeat(50_000)}"a":1}}`,
  `{"payload":${JSON.stringify("[".repeat(30_000))}}`,
  `{"payload":{"n":${"9".repeat(50_000)}}}`,
  " ".repeat(65_000),
] as const;

const FORM_BOMBS = [
  "&".repeat(65_000),
  "a&".repeat(32_000),
  Array.from({ length: 8_000 }, (_, index) => `k${index}=`).join("&"),
  `socket_id=1234.1234&${Array.from({ length: 4_000 }, (_, index) => `channel_name[${index}]=x`).join("&")}`,
  `socket_id=1234.1234&channel_name=${"%".repeat(60_000)}`,
  `socket_id=1234.1234&channel_name=${"%E2%82".repeat(10_000)}`,
  `socket_id=1234.1234&channel_name=${"+".repeat(60_000)}`,
  `${"channel_name[".repeat(4_000)}=1`,
] as const;

const ODDITIES = [
  '{"__proto__":{"socket_id":"1234.1234","channel_name":"private-global"}}',
  '{"constructor":{"prototype":{"socket_id":"1234.1234"}},"channel_name":"private-global"}',
  '{"toString":"x","valueOf":"x","hasOwnProperty":1,"socket_id":"1234.1234","channel_name":"private-audit-1"}',
  '{"socket_id":{"toString":"1234.1234"},"channel_name":["private-audit-1"]}',
  '{"socket_id":"1234.1234","channel_name":"private-audit-1","channel_name":"private-audit-2"}',
  '{"socket_id":"1234.1234","channel_name":"private-audit-1","\\u0063hannel_name":"private-audit-2"}',
  '{"channel_name[0]":"private-audit-1","socket_id":"1234.1234"}',
  '{"channel_name[0]":{"a":1},"socket_id":"1234.1234"}',
  '{"socket_id":1234.1234,"channel_name":"private-audit-1"}',
  '{"socket_id":"1234.1234","channel_name":"\\ud800"}',
  '{"payload":{"__proto__":{"a":1},"constructor":null}}',
  '{"payload":{"toJSON":1,"a":1e999,"b":-0}}',
  '{"channel":"\\ud800","event":"\\ud800"}',
  '\ufeff{"socket_id":"1234.1234","channel_name":"private-audit-1"}',
  "null",
  "true",
  '"x"',
  "1e999",
  "NaN",
  "{",
  "[]",
  "{}",
  "{}{}",
  "\u0000",
] as const;

const FORM_ODDITIES = [
  "socket_id=1234.1234&channel_name=private-audit-1&channel_name=private-audit-2",
  "socket_id=1234.1234&socket_id=1.1&channel_name=private-audit-1",
  "socket_id=1234.1234&channel_name[]=private-audit-1",
  "socket_id=1234.1234&channel_name[0][0]=private-audit-1",
  "socket_id=1234.1234&channel_name[__proto__]=private-audit-1",
  "socket_id=1234.1234&channel_name[-1]=private-audit-1&channel_name[1e9]=x&channel_name[99999]=x",
  "socket_id=1234.1234&channel_name[0]=__proto__&channel_name[1]=constructor&channel_name[2]=private-global",
  "socket_id=1234.1234&channel_name[0]=private-global&channel_name[00]=private-global&channel_name=private-global",
  "__proto__=x&constructor=y&toString=z&socket_id=1234.1234&channel_name=private-audit-1",
  "__proto__[socket_id]=1234.1234&channel_name=private-audit-1",
  "socket_id=1234.1234;channel_name=private-audit-1",
  "socket%5Fid=1234.1234&channel%5Fname=private-audit-1",
  "socket_id=1234.1234&channel_name=private-audit-%00",
  "socket_id=1234.1234&channel_name=private-audit-%ff%fe",
  "payload=%7B%22a%22%3A1%7D&event=x",
  "=&=&=",
  "%",
] as const;

function noise(dice: Dice): FuzzBody {
  return {
    bytes: Buffer.from(Array.from({ length: dice.below(300) }, () => dice.below(256))),
    type: dice.pick([JSON_TYPE, FORM, "application/octet-stream"]),
  };
}

const encoded = (dice: Dice): FuzzBody => {
  const plain = JSON.stringify(subscription(dice));
  return dice.pick([
    { bytes: gzipSync(plain), type: JSON_TYPE },
    { bytes: Buffer.from(plain, "utf16le"), type: `${JSON_TYPE}; charset=utf-16` },
    {
      bytes: Buffer.concat([Buffer.from(plain.slice(0, -2)), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}')]),
      type: JSON_TYPE,
    },
  ]);
};

/** Good bodies for every route. */
const OWN: Readonly<Record<string, (dice: Dice) => FuzzBody>> = {
  "/auth": (dice) => (dice.chance(0.3) ? batch(dice) : plain(dice)),
  "/user-auth": plain,
  "/test": testEvent,
  "/webhook": webhook,
};

/** Half of the bodies are good for the route. */
export function drawBody(dice: Dice, route: string): FuzzBody {
  const own = OWN[route];
  if (own !== undefined && dice.chance(0.5)) return own(dice);
  const kind = dice.below(1000);
  if (kind < 300) return plain(dice);
  if (kind < 420) return batch(dice);
  if (kind < 540) return testEvent(dice);
  if (kind < 660) return webhook(dice);
  if (kind < 760) return text(dice.pick(ODDITIES), JSON_TYPE);
  if (kind < 860) return text(dice.pick(FORM_ODDITIES), FORM);
  if (kind < 865) return text(dice.pick(JSON_BOMBS), JSON_TYPE);
  if (kind < 870) return text(dice.pick(FORM_BOMBS), FORM);
  if (kind < 890) return encoded(dice);
  if (kind < 930) return text("", dice.pick([JSON_TYPE, FORM, ""]));
  return kind < 970 ? damaged(dice) : noise(dice);
}

/** A good body with a few bytes changed. */
function damaged(dice: Dice): FuzzBody {
  const { bytes, type } = dice.pick([json(subscription(dice)), form(subscription(dice)), webhook(dice)]);
  const changed = Buffer.from(bytes);
  for (let changes = 1 + dice.below(3); changes > 0; changes -= 1)
    changed[dice.below(changed.length)] = dice.below(256);
  return { bytes: changed, type };
}
