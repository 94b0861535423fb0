import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { type ControlRequest, MCP_TOOLS } from "./tools.ts";

/** Answers one request of an MCP client. `controlUrl` is the address in front of the control API's paths. */
export async function answerMcp(request: Request, controlUrl: string): Promise<Response> {
  const server = createMcpServer(controlUrl);
  // Without sessions, each request has a server of its own, and nothing remains after it.
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request);
  } finally {
    await server.close();
  }
}

/** The simple `McpServer` requires zod schemas of the arguments. The control API checks them already. */
function createMcpServer(controlUrl: string): Server {
  const server = new Server({ name: "realtime-gateway-local", version: "0.1.0" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.entries(MCP_TOOLS).map(([name, { description, input, required = [], isReadOnly }]) => ({
      name,
      description,
      inputSchema: { type: "object", properties: input, required: [...required], additionalProperties: false },
      annotations: { readOnlyHint: isReadOnly, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: input = {} } }) => {
    const tool = Object.hasOwn(MCP_TOOLS, name) ? MCP_TOOLS[name] : undefined;
    if (tool === undefined) return resultOf(`There is no tool ${name}`, false);
    const missing = tool.required?.find((member) => input[member] === undefined);
    if (missing !== undefined) return resultOf(`${name} requires ${missing}`, false);
    return await ask(controlUrl, tool.request(input));
  });
  return server;
}

async function ask(controlUrl: string, { method, path, body }: ControlRequest): Promise<CallToolResult> {
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return resultOf((await response.text()).trim(), response.ok);
}

/** A failure is a result too, so that the agent reads its reason. */
const resultOf = (text: string, isOk: boolean): CallToolResult => ({
  content: [{ type: "text", text }],
  isError: !isOk,
});
