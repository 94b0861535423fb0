import type { IncomingHttpHeaders } from "node:http";

/** Docker's own name for the machine that runs the containers. No public name ends in `.internal`. */
const HOST_OF_CONTAINERS = "host.docker.internal";

/**
 * Returns the reason to reject a request, or nothing. Only programs on this machine may use the local servers. Every web page
 * that the developer opens could send requests here too: a page of another site names itself in `Origin`, and a page whose
 * name resolves to this machine (DNS rebinding) sends that name in `Host`.
 */
export function complaintAboutCaller({ host, origin }: IncomingHttpHeaders): string | undefined {
  if (!isOfThisMachine(`http://${host ?? ""}`))
    return "the Host header is no name of this machine. Use 127.0.0.1 or localhost";
  if (origin !== undefined && !isOfThisMachine(origin))
    return "the Origin header is no page of this machine. Only pages of localhost may send here";
  return undefined;
}

/** The remote address of a connection from this machine, in the forms that Node gives. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && (address === "::1" || /^(?:::ffff:)?127(?:\.\d+){3}$/.test(address));

function isOfThisMachine(url: string): boolean {
  // Node 20 has no `URL.parse`.
  if (!URL.canParse(url)) return false;
  const name = new URL(url).hostname.replace(/\.$/, "");
  return /^(?:127(?:\.\d+){3}|\[::1\]|(?:.+\.)?localhost)$/.test(name) || name === HOST_OF_CONTAINERS;
}
