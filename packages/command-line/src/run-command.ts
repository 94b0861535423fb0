import { EXIT_FAILED, EXIT_USAGE } from "./exit-codes.ts";

export type ParsedCommand<Options> =
  | { readonly kind: "help" }
  | { readonly kind: "invalid"; readonly complaints: readonly string[] }
  | { readonly kind: "run"; readonly options: Options };

export interface Command<Options> {
  /** Stands before each error. */
  readonly name: string;
  readonly help: string;
  parse(argv: readonly string[]): ParsedCommand<Options>;
  /** Resolves with the exit code. */
  run(options: Options): Promise<number>;
  /** Default: the error's message. */
  describeError?(error: unknown): string;
  /** Errors that end with exit code 2, beside `UsageError`. */
  isUsageError?(error: unknown): boolean;
}

/** The command line is sound, but this environment cannot run it. The message states what to change. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The main function of a command: prints the help, names every mistake, or runs it. Sets the exit code. */
export async function runCommand<Options>(command: Command<Options>, argv = process.argv.slice(2)): Promise<void> {
  const parsed = command.parse(argv);
  switch (parsed.kind) {
    case "help":
      process.stdout.write(command.help);
      return;
    case "invalid":
      fail(command, `${parsed.complaints.join("; ")}. Run with --help to see the flags.`, EXIT_USAGE);
      return;
    case "run":
      try {
        process.exitCode = await command.run(parsed.options);
      } catch (error) {
        const isUsage = error instanceof UsageError || command.isUsageError?.(error) === true;
        fail(command, (command.describeError ?? messageOf)(error), isUsage ? EXIT_USAGE : EXIT_FAILED);
      }
  }
}

function fail({ name }: Pick<Command<never>, "name">, text: string, exitCode: number): void {
  process.stderr.write(`${name}: ${text}\n`);
  process.exitCode = exitCode;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
