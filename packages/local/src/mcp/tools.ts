/** A request to the control API. */
export interface ControlRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

type Arguments = Readonly<Record<string, unknown>>;

/** One tool for agents. The control API checks its arguments and makes its answer. */
export interface McpTool {
  readonly description: string;
  /** The members of the input, as JSON Schema. */
  readonly input: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly isReadOnly: boolean;
  request(input: Arguments): ControlRequest;
}

const text = (description: string) => ({ type: "string", description });
const whole = (description: string) => ({ type: "integer", minimum: 1, description });

const get = (path: string, query: Arguments = {}): ControlRequest => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return { method: "GET", path: search === "" ? path : `${path}?${search}` };
};

const post = (path: string, body: unknown): ControlRequest => ({ method: "POST", path, body });

const CHOICE = {
  messageIds: { type: "array", items: { type: "string" }, description: "Ids in the dead-letter queue" },
  code: text("All dead letters with this code"),
  all: { const: true, description: "Every dead letter" },
};

/** Every tool, by its name. docs/contract/local.yaml describes the answers. */
export const MCP_TOOLS: Readonly<Record<string, McpTool>> = {
  list_events: {
    description: "Lists the events of the catalog, with their channels, JSON Schemas and samples.",
    input: {},
    isReadOnly: true,
    request: () => get("/catalog"),
  },
  preview_event: {
    description: "Answers what browsers would get of an event, with its size and mistakes. It sends nothing.",
    input: { event: text("The event's name"), data: { type: "object", description: "The payload" } },
    required: ["event", "data"],
    isReadOnly: true,
    request: ({ event, data }) => post("/preview", { type: event, data }),
  },
  send_event: {
    description: "Puts an event into the queue, as a producer does. Then ask explain_event with the message id.",
    input: {
      event: text("The event's name, such as audit.progress"),
      data: { type: "object", description: "The payload" },
      id: text("The envelope's id. Two events with the same id are duplicates"),
    },
    required: ["event", "data"],
    isReadOnly: false,
    request: ({ event, data, id }) => post("/events", { specversion: "1.0", source: "/mcp", type: event, id, data }),
  },
  find_events: {
    description: "Lists events that passed the gateway, the newest first.",
    input: {
      type: text("The name. * replaces any characters, as in audit.*"),
      id: text("A part of an id"),
      channel: text("A channel. * replaces any characters"),
      is: text("Flags with commas: truncated, replaced, duplicate, retried, mismatch, failed, dead-lettered"),
      text: text("A text in the name, the ids or the message"),
      limit: whole("At most 1000"),
    },
    isReadOnly: true,
    request: (input) => get("/events", input),
  },
  explain_event: {
    description: "Explains what became of an event: why these channels, what was truncated, each attempt, the result.",
    input: { id: text("The event's id or its message id") },
    required: ["id"],
    isReadOnly: true,
    request: ({ id }) => get(`/events/${encodeURIComponent(String(id))}`),
  },
  wait_for_event: {
    description:
      "Answers when an event is published on a channel. If it does not arrive, the answer names the likely reason.",
    input: {
      event: text("The event's name"),
      channel: text("The channel"),
      id: text("The event's id or its message id"),
      timeoutMs: whole("In milliseconds, at most 60000"),
    },
    isReadOnly: true,
    request: (input) => post("/wait", input),
  },
  list_channels: {
    description: "Lists the channels with their subscriptions, presence members and last events.",
    input: {},
    isReadOnly: true,
    request: () => get("/channels"),
  },
  read_queue: {
    description: "Answers the depth and the oldest age of the queue, and the number of dead letters.",
    input: {},
    isReadOnly: true,
    request: () => get("/queue"),
  },
  read_figures: {
    description: "Answers events a second, end to end times, calls and billable messages.",
    input: {},
    isReadOnly: true,
    request: () => get("/figures"),
  },
  list_dead_letters: {
    description: "Lists dead letters with their code, reason, message and attributes.",
    input: { code: text("Only this code"), limit: whole("At most 1000") },
    isReadOnly: true,
    request: (input) => get("/dead-letters", input),
  },
  redrive_dead_letters: {
    description: "Sends dead letters to the queue again. Give messageIds, code or all.",
    input: { ...CHOICE, body: text("Replaces the message. Only with exactly one message id") },
    isReadOnly: false,
    request: (input) => post("/dead-letters/redrive", input),
  },
  drop_dead_letters: {
    description: "Deletes dead letters for good. Give messageIds, code or all.",
    input: CHOICE,
    isReadOnly: false,
    request: (input) => post("/dead-letters/drop", input),
  },
  list_faults: {
    description: "Lists the faults that act on the local stack now.",
    input: {},
    isReadOnly: true,
    request: () => get("/faults"),
  },
  add_fault: {
    description:
      'Adds a fault, such as {"part":"pusher","effect":{"kind":"answer","status":500},"when":{"times":2}}, {"part":"relay","kill":1} or {"part":"queue","delayMs":2000}.',
    input: { fault: { type: "object", description: "As NewFault in docs/contract/local.yaml" } },
    required: ["fault"],
    isReadOnly: false,
    request: ({ fault }) => post("/faults", fault),
  },
  clear_faults: {
    description: "Ends all faults, or those of one part.",
    input: { part: { enum: ["pusher", "relay", "queue"] } },
    isReadOnly: false,
    request: ({ part }) => ({ ...get("/faults", { part }), method: "DELETE" }),
  },
};
