import { readFile } from "node:fs/promises";
import { complaintAboutCaller } from "@realtime-gateway/loopback";
import type { OwnRoute } from "../http-api/http-api.ts";
import { problem } from "../http-api/own-answers.ts";
import type { HttpResponse } from "../http-api/response.ts";
import { PAGE_FOLDER } from "../page-folder.ts";
import { PAGE_FILES } from "./page-files.ts";

export interface PageRoutesDeps {
  /** The address of the Pusher app's WebSocket: the page may connect there, and nowhere else. */
  readonly webSocketUrl: () => string;
  readonly folder?: string;
}

/** Serves the console at the root of the HTTP port, to browsers of this machine. No stage deploys it. */
export const createPageRoutes = ({ webSocketUrl, folder = PAGE_FOLDER }: PageRoutesDeps): readonly OwnRoute[] =>
  Object.entries(PAGE_FILES).map(([path, { name, type }]) => ({
    path,
    async answer(request) {
      request.resume();
      const complaint = complaintAboutCaller(request.headers);
      if (complaint !== undefined) return problem(403, "not_local", `Refused, because ${complaint}`);
      if (request.method !== "GET" && request.method !== "HEAD")
        return problem(405, "method_not_allowed", `Use GET for ${path}`);
      const headers = { ...pageHeaders(webSocketUrl()), "content-type": type };
      return await fileAnswer(`${folder}${name}`, headers);
    },
  }));

async function fileAnswer(path: string, headers: HttpResponse["headers"]): Promise<HttpResponse> {
  try {
    return { status: 200, headers, cookies: [], body: await readFile(path) };
  } catch {
    return problem(503, "page_not_built", "The page is not built yet. Run npm run build, then reload");
  }
}

/**
 * The page's own files only: no inline code, no other origin, no frame around it. `Origin` is missing on navigations, so a
 * page of another site may open this one; it can neither read it nor embed it.
 */
function pageHeaders(webSocketUrl: string): HttpResponse["headers"] {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${originOf(webSocketUrl)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cache-control": "no-cache",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
