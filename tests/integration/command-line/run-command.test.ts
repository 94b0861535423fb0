import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { startCli } from "../../support/cli-process.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const COMMAND_LINE = new URL("../../../packages/command-line/src/index.ts", import.meta.url).href;

/** A program that uses the package. `body` is its source. */
async function program(body: string): Promise<string> {
  const folder = await createTemporaryFolder("command-line");
  onTestFinished(folder.remove);
  const path = join(folder.path, "program.mjs");
  await writeFile(path, `import { createStopSignal, runCommand, UsageError } from "${COMMAND_LINE}";\n${body}`);
  return path;
}

/** Runs a command whose `run` has this source. */
async function runWith(run: string, ...argv: readonly string[]) {
  const path = await program(`
    await runCommand({
      name: "try",
      help: "the help\\n",
      parse: ([word]) =>
        word === "help" ? { kind: "help" }
        : word === "wrong" ? { kind: "invalid", complaints: ["one mistake", "another"] }
        : { kind: "run", options: word },
      isUsageError: (error) => error instanceof RangeError,
      run: async (options) => { ${run} },
    });`);
  return await startCli(path, argv, {}).result;
}

describe("runCommand", () => {
  it("exits with the code of the run", async () => {
    expect(await runWith("return Number(options);", "7")).toEqual({ exitCode: 7, stdout: "", stderr: "" });
  });

  it("prints the help to standard output", async () => {
    expect(await runWith("throw 1;", "help")).toEqual({ exitCode: 0, stdout: "the help\n", stderr: "" });
  });

  it("names every mistake, and exits with 2", async () => {
    const stderr = "try: one mistake; another. Run with --help to see the flags.\n";
    expect(await runWith("throw 1;", "wrong")).toEqual({ exitCode: 2, stdout: "", stderr });
  });

  it.each([
    ["an error", 'throw new Error("no queue");', 1, "try: no queue\n"],
    ["a usage error", 'throw new UsageError("no app");', 2, "try: no app\n"],
    ["an error that the command counts as one", 'throw new RangeError("no port");', 2, "try: no port\n"],
  ])("prints the message of %s without a stack, and sets its exit code", async (_what, run, exitCode, stderr) => {
    expect(await runWith(run)).toEqual({ exitCode, stdout: "", stderr });
  });
});

describe("a stop signal", () => {
  // Two checks of the parent fit between the end of the shell and the last line.
  const STOPPABLE = `
    createStopSignal({ onFirstStop: () => console.log("first"), onSecondStop: () => console.log("second") });
    const shell = process.ppid;
    const last = () => { console.log("last"); process.exit(); };
    const check = setInterval(() => {
      if (process.ppid === shell) return;
      clearInterval(check);
      setTimeout(last, 600);
    }, 10);
    console.log(process.pid);`;

  function kill(pid: number): void {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  /** Runs the program as npm does: below a shell, whose end its child has to notice. */
  async function startBelowShell() {
    const path = await program(STOPPABLE);
    const shell = spawn("sh", ["-c", `"${process.execPath}" "${path}"; true`], { env: { npm_lifecycle_event: "try" } });
    const output = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => String((await output.next()).value);
    const pid = Number(await line());
    onTestFinished(() => void shell.kill("SIGKILL"));
    return { shell, line, pid };
  }

  it("aborts once when the shell of npm ends", async () => {
    const { shell, line } = await startBelowShell();
    shell.kill("SIGTERM");
    expect([await line(), await line()]).toEqual(["first", "last"]);
  });

  it("aborts when npm is killed and its shell survives", async () => {
    const path = await program(STOPPABLE);
    // This process acts as npm: it starts a shell and can be killed without it.
    const script = `require("node:child_process").spawn("sh", ["-c", process.argv[1]], { stdio: "inherit" }); setInterval(() => {}, 1e6);`;
    const npm = spawn(process.execPath, ["-e", script, `"${process.execPath}" "${path}"; true`], {
      env: { npm_lifecycle_event: "try" },
    });
    const output = createInterface({ input: npm.stdout })[Symbol.asyncIterator]();
    const pid = Number((await output.next()).value);
    onTestFinished(() => kill(pid));
    npm.kill("SIGKILL");
    expect((await output.next()).value).toBe("first");
  });

  it("does not count the end of the shell as a second stop", async () => {
    const { shell, line, pid } = await startBelowShell();
    process.kill(pid, "SIGTERM");
    expect(await line()).toBe("first");
    shell.kill("SIGTERM");
    expect(await line()).toBe("last");
  });

  it("reports a second signal", async () => {
    const { line, pid } = await startBelowShell();
    process.kill(pid, "SIGINT");
    expect(await line()).toBe("first");
    process.kill(pid, "SIGINT");
    expect(await line()).toBe("second");
  });
});
