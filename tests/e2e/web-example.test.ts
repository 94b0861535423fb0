import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { FICHE_ID } from "../../examples/web/platform.ts";
import { startExample } from "../../examples/web/server/start-example.ts";
import { CHROMIUM_RUNS } from "../support/clients/chromium.ts";
import { serveRequests } from "../support/clients/web-server.ts";
import {
  CHANGES_OF_AUDIT,
  type ExampleWorld,
  partsOf,
  seriousFindings,
  startExampleWorld,
  takeScreenshot,
} from "../support/web-example.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const FICHE_CHANNEL = `private-fiche-${FICHE_ID}`;

/** Resolves once the first element has this text. */
const shows = (locator: Locator, text: string) => expect.poll(() => locator.first().textContent()).toContain(text);

const authorizations = (requests: readonly string[]): number =>
  requests.filter((request) => request === "POST /api/pusher/auth").length;

/** The figures of both pages in a row of the table in examples/web/README.md. */
function figuresOf(row: string): readonly number[] {
  const line = read("examples/web/README.md")
    .split("\n")
    .find((each) => each.startsWith(`| ${row} |`));
  return (line ?? "").split("|").slice(2, 4).map(Number);
}

it("the table of the web example counts the lines of both pages", () => {
  const linesOf = (file: string) => read(`examples/web/page/${file}`).trimEnd().split("\n").length;
  expect(figuresOf("lines")).toEqual([linesOf("with-client.tsx"), linesOf("bare-pusher.tsx")]);
});

it("npm run example prints one address, serves the page there, and ends with Ctrl-C", async () => {
  const flags = ["--port", "0"];
  const child = spawn(process.execPath, ["tools/example.ts", ...flags], { env: {}, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const errors = text(child.stderr);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const [url = ""] = String(line).match(/http:\S+/) ?? [];

  expect(await (await fetch(`${url}/compare`)).text()).toContain("<title>Audit platform</title>");
  expect((await fetch(`${url}/api/nothing`)).status).toBe(404);
  expect((await fetch(`${url}/api/pusher/auth`, { method: "POST" })).status).toBe(401);
  child.kill("SIGINT");

  expect(await once(child, "exit")).toEqual([0, null]);
  expect(await errors).toBe("");
});

it("npm run example names the flag of a port that is in use", async () => {
  const other = await serveRequests(() => new Response());
  onTestFinished(() => other.stop());
  const ports = { port: Number(new URL(other.origin).port), httpPort: 0, sqsPort: 0, pusherPort: 0 };
  const start = startExample({ ...ports, nextChange: () => Promise.resolve() });
  await expect(start).rejects.toThrow(`port ${ports.port} is already in use; choose another one with --port`);
});

describe.skipIf(!CHROMIUM_RUNS)("the web example", () => {
  let world: ExampleWorld;
  beforeAll(async () => {
    world = await startExampleWorld();
  });
  afterAll(() => world.stop());

  const auditChannel = async () => `private-audit-${(await world.currentAudit()).id}`;

  it("shows an audit from its start to its end on the page with the client", async () => {
    const viewport = { width: 1000, height: 510 };
    const { page, errors } = await world.open("/", { colorScheme: "dark", viewport });
    const { status, result, progress, recordings, notifications } = partsOf(page);
    await shows(status, "live");
    await world.startAudit(page);
    await shows(notifications, "An audit has started");
    world.allowChanges(2);
    await shows(recordings, "2 of 3 transcribed");
    await shows(result, "Running: transcription");
    world.allowChanges(6);
    await shows(progress, "2 of 6 steps");
    await takeScreenshot(page, "example-dark");
    world.allowChanges(CHANGES_OF_AUDIT - 8);
    await shows(result, "Completed: 83 %");
    await shows(notifications, "The audit has ended with 83 %");
    expect(errors).toEqual([]);
  });

  it("shows the same audit on the page on bare pusher-js", async () => {
    const { page, errors, subscribed } = await world.open("/bare");
    const { status, result, progress } = partsOf(page);
    await subscribed(FICHE_CHANNEL);
    await shows(status, "connected");
    await world.startAudit(page);
    await subscribed(await auditChannel());
    world.allowChanges(7);
    await shows(progress, "2 of 6 steps");
    world.allowChanges(CHANGES_OF_AUDIT - 7);
    await shows(result, "Completed: 83 %");
    expect(errors).toEqual([]);
  });

  it("shows the truth after a cut connection with the client, and the old state on bare pusher-js", async () => {
    const { page, errors, subscribed } = await world.open("/compare", { viewport: { width: 1100, height: 780 } });
    const client = partsOf(page.frameLocator('iframe[title="The page with the client"]'));
    const bare = partsOf(page.frameLocator('iframe[title="The page on bare pusher-js"]'));
    await subscribed(FICHE_CHANNEL, 2);
    await world.startAudit(page);
    await subscribed(await auditChannel(), 2);
    world.allowChanges(7);
    for (const { progress } of [client, bare]) await shows(progress, "2 of 6 steps");

    await page.getByRole("button", { name: "Cut the connection" }).click();
    await shows(client.status, "offline");
    await shows(bare.status, "connecting");
    world.allowChanges(CHANGES_OF_AUDIT - 7);
    await expect.poll(world.currentAudit).toMatchObject({ status: "completed" });
    await page.getByRole("button", { name: "Restore the connection" }).click();

    await shows(client.result, "Completed: 83 %");
    await shows(client.status, "live");
    // Each page listens for the second time, so the bare page shows what is sent now.
    await subscribed("private-global", 4);
    await world.example.notify("Both pages listen again");
    await shows(bare.notifications, "Both pages listen again");
    expect(await bare.result.textContent()).toBe("Running: analysis");
    expect(await bare.status.textContent()).toBe("connected");
    await takeScreenshot(page, "example-compare");
    expect(errors).toEqual([]);
  });

  it("misses a change between the first read and the subscription on bare pusher-js only", async () => {
    const { promise: authorization, resolve: authorize } = Promise.withResolvers<void>();
    const witness = await world.open("/");
    const client = await world.open("/", { authorization });
    const bare = await world.open("/bare", { authorization });
    await shows(partsOf(bare.page).result, "Completed");
    await shows(partsOf(witness.page).status, "live");
    await world.startAudit(witness.page);
    await shows(partsOf(witness.page).result, "Running");

    authorize();

    await shows(partsOf(client.page).result, "Running");
    await bare.subscribed(FICHE_CHANNEL);
    await bare.subscribed("private-global");
    await world.example.notify("The bare page listens");
    await shows(partsOf(bare.page).notifications, "The bare page listens");
    expect(await partsOf(bare.page).result.textContent()).toContain("Completed");
  });

  it("sends fewer authorization requests with the client, as the table counts them", async () => {
    const counts: number[] = [];
    for (const path of ["/", "/bare"]) {
      const { page, requests } = await world.open(path);
      await shows(partsOf(page).me, "(you)");
      counts.push(authorizations(requests));
    }
    expect(counts).toEqual(figuresOf("authorization requests when the page opens"));
  });

  it("signs in again with the client after a session has ended, and gets no event on bare pusher-js", async () => {
    const [client, bare] = [await world.open("/"), await world.open("/bare")];
    for (const { page } of [client, bare]) {
      await shows(partsOf(page).me, "(you)");
      await page.evaluate("sessionStorage.setItem('colleague', 'ended')");
      await page.reload();
    }
    await shows(partsOf(client.page).status, "live");
    await shows(partsOf(client.page).me, "(you)");
    await expect.poll(() => bare.errors.filter((error) => error.includes("401")).length).toBe(4);
    expect(await partsOf(bare.page).me.count()).toBe(0);
    expect(await partsOf(bare.page).status.textContent()).toBe("connected");
  });

  it("shows who looks at the audit, until they close their page", async () => {
    const [mine, other] = [await world.open("/"), await world.open("/")];
    const { viewers } = partsOf(mine.page);
    const name = ((await partsOf(other.page).me.textContent()) ?? "").replace(" (you)", "");
    await shows(viewers, name);
    await other.page.close();
    await expect.poll(() => viewers.textContent()).not.toContain(name);
  });

  it.each(["/", "/compare"])("breaks no serious rule of axe at %s, in light and dark colours", async (path) => {
    const { page } = await world.open(path);
    if (path !== "/compare") await shows(partsOf(page).me, "(you)");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page), colorScheme).toEqual([]);
    }
  });

  it("fits a phone of 360 pixels, and starts an audit with the keyboard alone", async () => {
    const { page } = await world.open("/", { viewport: { width: 360, height: 780 } });
    const { status, result } = partsOf(page);
    await shows(status, "live");
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Start an audit");
    await world.startAudit(page, "keyboard");
    await shows(result, "Running");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    world.allowChanges(6);
    await shows(partsOf(page).progress, "1 of 6 steps");
    await takeScreenshot(page, "example-phone");
  });
});
