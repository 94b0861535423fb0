/** A server could not start. The message names the flag that moves it to another port. */
export class StartError extends Error {
  override readonly name = "StartError";

  constructor(flag: string, port: number, cause: unknown) {
    super(explain(flag, port, cause), { cause });
  }
}

function explain(flag: string, port: number, cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") return `port ${port} is already in use; choose another one with ${flag}`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return "this is not an address of this machine; choose another one with --host";
  if (code === "EACCES") return `port ${port} may not be used by this user; choose another one with ${flag}`;
  return cause instanceof Error ? cause.message : String(cause);
}
