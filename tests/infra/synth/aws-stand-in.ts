import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { actionOf } from "./iam-action.ts";

/** The parts of SSM, S3 and AppSync that `sst diff` calls, on the loopback address. */
export interface AwsStandIn {
  readonly url: string;
  /** The IAM actions of the requests so far, such as `ssm:GetParameter`. */
  readonly actions: ReadonlySet<string>;
  close(): Promise<void>;
}

/** SST's own resources in an account. With a high version, SST upgrades nothing. */
const BOOTSTRAP = {
  version: 99,
  asset: "sst-asset-stand-in",
  state: "sst-state-stand-in",
  assetEcrRegistryId: "123456789012",
  assetEcrUrl: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sst-asset",
};

/** `isNew`: SST has never run in this account and region. */
export async function startAwsStandIn(isNew = false): Promise<AwsStandIn> {
  const parameters = new Map(isNew ? [] : [["/sst/bootstrap", JSON.stringify(BOOTSTRAP)]]);
  const actions = new Set<string>();
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const body = await readAll(request);
    const target = request.headers["x-amz-target"];
    actions.add(actionOf(request));
    if (typeof target === "string" && target.startsWith(ECR)) answerEcr(response);
    else if (typeof target === "string") answerSsm(target, body, parameters, response);
    else if (request.url?.startsWith("/v2/apis")) answerAppSync(request.url, response);
    else answerS3(request, body, objects, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, actions, close: () => close(server) };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function answerSsm(target: string, body: Buffer, parameters: Map<string, string>, response: ServerResponse): void {
  const send = (status: number, answer: object): void => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
  };
  const { Name, Value }: { Name: string; Value: string } = JSON.parse(body.toString());
  if (target === "AmazonSSM.PutParameter") {
    parameters.set(Name, Value);
    send(200, { Version: 1 });
  } else if (target === "AmazonSSM.GetParameter" && parameters.has(Name)) {
    send(200, { Parameter: { Name, Type: "String", Value: parameters.get(Name), Version: 1 } });
  } else if (target === "AmazonSSM.GetParameter") {
    send(400, { __type: "ParameterNotFound", message: Name });
  } else send(400, { __type: "Unsupported", message: `${target} is not supported by the stand-in` });
}

/** The event API through which `sst dev` reaches the developer's machine. */
export const APPSYNC = {
  HTTP: "stand-in.appsync-api.eu-west-1.amazonaws.com",
  REALTIME: "stand-in.appsync-realtime-api.eu-west-1.amazonaws.com",
};

const ECR = "AmazonEC2ContainerRegistry_V20150921.";

function answerEcr(response: ServerResponse): void {
  const repository = { registryId: BOOTSTRAP.assetEcrRegistryId, repositoryUri: BOOTSTRAP.assetEcrUrl };
  response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ repository }));
}

function answerAppSync(url: string, response: ServerResponse): void {
  const api = { apiId: "stand-in", name: "sst", dns: APPSYNC };
  const answer = url.startsWith("/v2/apis/") ? { api } : { apis: [api] };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}

function answerS3(
  { method, url = "/" }: IncomingMessage,
  body: Buffer,
  objects: Map<string, Buffer>,
  response: ServerResponse,
): void {
  const [key = url] = url.split("?");
  const found = objects.get(key);
  if (method === "PUT") {
    objects.set(key, body);
    response.writeHead(200, { etag: '"stand-in"' }).end();
  } else if (method === "DELETE") {
    objects.delete(key);
    response.writeHead(204).end();
  } else if (found) response.writeHead(200).end(found);
  else {
    response.writeHead(404, { "content-type": "application/xml" });
    response.end("<Error><Code>NoSuchKey</Code><Message>There is none</Message></Error>");
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
