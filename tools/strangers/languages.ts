import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** A language whose clients drive the server. */
export interface Language {
  readonly name: string;
  /** The programs that may run it. The first one that works is taken. */
  readonly programs: readonly string[];
  /** Ends without an error if the program has everything that the session needs. */
  readonly probe: readonly string[];
  /** The arguments before those of the session. */
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The packages of Debian to install. */
  readonly packages: string;
}

const session = (file: string): string => fileURLToPath(new URL(`./sessions/${file}`, import.meta.url));
/** The Go packages of Debian. Their path is outside of any module. */
const GO_ENVIRONMENT = {
  GO111MODULE: "off",
  GOPATH: "/usr/share/gocode",
  GOCACHE: fileURLToPath(new URL("../../node_modules/.cache/strangers-go", import.meta.url)),
};

export const LANGUAGES: readonly Language[] = [
  {
    name: "Python",
    programs: ["python3", "/usr/bin/python3"],
    probe: ["-c", "import websocket"],
    run: [session("session.py")],
    packages: "python3-websocket",
  },
  {
    name: "Ruby",
    programs: ["ruby", "/usr/bin/ruby"],
    probe: ["-e", 'require "websocket/driver"'],
    run: [session("session.rb")],
    packages: "ruby ruby-websocket-driver",
  },
  {
    name: "PHP",
    programs: ["php"],
    probe: ["-r", "hash_hmac('sha256', '', '');"],
    run: [session("session.php")],
    packages: "php-cli",
  },
  {
    name: "Go",
    programs: ["go"],
    probe: ["list", "github.com/gorilla/websocket"],
    run: ["run", session("session.go")],
    env: GO_ENVIRONMENT,
    packages: "golang-go golang-github-gorilla-websocket-dev",
  },
];

const SESSION_TIMEOUT_MS = 120_000;

const execute = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(program, args, {
    // biome-ignore lint/style/noProcessEnv: the programs of a machine need its own environment.
    env: { ...process.env, ...env },
    timeout: SESSION_TIMEOUT_MS,
  });

/** The first program that has everything; `undefined` if the machine has none. */
export async function programFor({ programs, probe, env }: Language): Promise<string | undefined> {
  for (const program of programs) {
    const works = await execute(program, probe, env).then(
      () => true,
      () => false,
    );
    if (works) return program;
  }
  return undefined;
}

/** Runs the language's session with a server. Resolves with what it printed. */
export async function runSession(
  { run, env }: Language,
  program: string,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<unknown> {
  const { stdout } = await execute(program, [...run, host, String(port)], env);
  return JSON.parse(stdout);
}
