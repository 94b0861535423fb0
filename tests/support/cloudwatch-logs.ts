import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { closeServer, listen } from "../../packages/local/src/loopback/server.ts";

/** A stand-in for CloudWatch Logs: `FilterLogEvents` over these lines, one page for each line. A line matches if it has every quoted term. Closed after the test. */
export async function startCloudWatchLogs(logGroup: string, lines: readonly string[]) {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const { logGroupName, filterPattern, nextToken = "0" } = Object(body);
      const answer = (status: number, value: object): void => {
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(value));
      };
      if (request.headers["x-amz-target"] !== "Logs_20140328.FilterLogEvents")
        return answer(400, { __type: "UnknownOperationException" });
      if (logGroupName !== logGroup)
        return answer(400, { __type: "ResourceNotFoundException", message: "The specified log group does not exist." });
      const at = Number(nextToken);
      const terms = [...String(filterPattern).matchAll(/"([^"]*)"/g)].map(([, term = ""]) => term);
      const events = lines.slice(at, at + 1).filter((line) => terms.every((term) => line.includes(term)));
      answer(200, {
        events: events.map((message) => ({ message })),
        ...(at + 1 < lines.length && { nextToken: String(at + 1) }),
      });
    });
  });
  const port = await listen(server, 0);
  onTestFinished(() => closeServer(server));
  return { endpoint: `http://127.0.0.1:${port}` };
}
