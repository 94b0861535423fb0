import { MAX_BATCH_EVENTS, type Message, plan } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";

/** Counts the map operations of a plan: it looks up lanes in maps. Throws above the limit, as quadratic work takes minutes. */
function workOf(messages: Message[], limit = Number.POSITIVE_INFINITY): number {
  let work = 0;
  const count = (): void => {
    work += 1;
    if (work > limit) throw new Error(`more work than ${limit}`);
  };
  const { get, set } = Map.prototype;
  Map.prototype.get = function (key: unknown) {
    count();
    return get.call(this, key);
  };
  Map.prototype.set = function (key: unknown, value: unknown) {
    count();
    return set.call(this, key, value);
  };
  try {
    plan(messages);
  } finally {
    Map.prototype.get = get;
    Map.prototype.set = set;
  }
  return work;
}

const about = (...channels: string[]): Message => ({ name: "audit.progress", channels, json: "{}" });

/** Shapes of traffic. The trees of lanes grow deepest if lanes are linked late. */
const traffic: Readonly<Record<string, (n: number, count: number) => Message>> = {
  "of one channel": () => about("a"),
  "of a channel each": (n) => about(`a${n}`),
  "of audits of a few fiches": (n) => about(`a${n % 50}`, `f${n % 7}`),
  "in a chain": (n) => about(`a${n}`, `a${n + 1}`),
  "in a chain from its end": (n, count) => about(`a${count - n}`, `a${count - n - 1}`),
  "with lanes that are linked two by two, again and again": (n, count) => {
    const half = count / 2;
    if (n < half) return about(`a${n}`);
    const level = n - half + 1;
    const width = 2 ** Math.floor(Math.log2(level));
    return about(`a${(level - width) * 2}`, `a${((level - width) * 2 + width) % half}`);
  },
  "with a last message that links them all": (n, count) =>
    n < count - 1 ? about(`a${n % 100}`, `b${n % 101}`) : about("a0", "b0"),
};

describe("the plan of ten times the messages", () => {
  it.each(Object.entries(traffic))("takes at most twelve times the work for messages %s", (_shape, message) => {
    const drawn = (count: number): Message[] => Array.from({ length: count }, (_, n) => message(n, count));
    const limit = 12 * workOf(drawn(2000));
    expect(limit).toBeGreaterThan(12 * 2000);
    expect(workOf(drawn(20_000), limit)).toBeLessThanOrEqual(limit);
  });
});

describe("the calls of mixed traffic", () => {
  it.each([
    ["one audit's story", 400, (n: number) => about("audit-1", n % 3 ? "fiche-1" : "fiche-2")],
    ["many audits, two channels each", 1000, (n: number) => about(`audit-${n % 90}`, `fiche-${n % 30}`)],
    ["a few long lanes and many short ones", 777, (n: number) => about(n % 3 ? `audit-${n}` : `audit-${n % 4}`)],
    ["a channel that all users read", 101, (n: number) => (n % 10 ? about(`audit-${n}`) : about("global"))],
  ])("are a tenth of the entries, rounded up: %s", (_what, count, message) => {
    const messages = Array.from({ length: count }, (_, n) => message(n));
    const entries = messages.reduce((sum, { channels }) => sum + channels.length, 0);
    expect(plan(messages)).toHaveLength(Math.ceil(entries / MAX_BATCH_EVENTS));
  });
});
