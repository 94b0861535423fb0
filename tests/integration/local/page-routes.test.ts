import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpApi, startHttpApi } from "../../../packages/local/src/http-api/http-api.ts";
import { createPageRoutes } from "../../../packages/local/src/page/page-routes.ts";
import { createTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

interface ServedFile {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

describe("the page of the local stack", () => {
  let folder: TemporaryFolder;
  let http: HttpApi;
  beforeAll(async () => {
    folder = await createTemporaryFolder("page");
    await writeFile(join(folder.path, "index.html"), "<!doctype html>");
    const ownRoutes = createPageRoutes({
      webSocketUrl: () => "ws://127.0.0.1:6001/app/local-key",
      folder: `${folder.path}/`,
    });
    http = await startHttpApi({ port: 0, routes: [], ownRoutes });
  });
  afterAll(async () => {
    await http.close();
    await folder.remove();
  });

  /** `fetch` does not send another `Host`. */
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<ServedFile> =>
    new Promise((resolve, reject) => {
      const asked = request(http.url + path, { method, headers }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => {
          body += text;
        });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      asked.on("error", reject).end();
    });

  it("is at the root, and may run its own files and connect to this stack only", async () => {
    const { status, headers, body } = await ask("/");
    expect([status, body, headers["content-type"]]).toEqual([200, "<!doctype html>", "text/html; charset=utf-8"]);
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self' ws://127.0.0.1:6001",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe|\*/);
  });

  it.each([
    ["a name that resolves to this machine", { host: "evil.example" }],
    ["a page of another site", { origin: "https://evil.example" }],
  ])("denies a request from %s", async (_, headers) => {
    const { status, body } = await ask("/", headers);
    expect([status, JSON.parse(body).code]).toEqual([403, "not_local"]);
  });

  it("is at the root alone", async () => {
    expect((await ask("/elsewhere")).status).toBe(404);
  });

  it("can only be read", async () => {
    const { status, body } = await ask("/", {}, "POST");
    expect([status, JSON.parse(body).code]).toEqual([405, "method_not_allowed"]);
  });

  it("names the command to run when it is not built", async () => {
    const { status, body } = await ask("/console.js");
    expect([status, JSON.parse(body).detail]).toEqual([503, expect.stringContaining("npm run build")]);
  });
});
