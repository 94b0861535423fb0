#!/usr/bin/env node
import { EXIT_USAGE } from "@realtime-gateway/command-line";
import { verify } from "./verify.ts";

const HELP = `The commands of @realtime-gateway/producer:

  verify FILE    is this queue message understood, and does it match its schema? (verify --help)
`;

const [command, ...rest] = process.argv.slice(2);
if (command === "verify") await verify(rest);
else if (command === "--help" || command === "-h") process.stdout.write(HELP);
else {
  process.stderr.write(`${command === undefined ? "Name a command." : `There is no command "${command}".`}\n\n${HELP}`);
  process.exitCode = EXIT_USAGE;
}
