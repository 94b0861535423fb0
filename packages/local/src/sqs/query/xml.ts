const NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

/** Lists of the JSON protocol, with the element of one item. */
const LISTS: Readonly<Record<string, string>> = {
  Messages: "Message",
  QueueUrls: "QueueUrl",
  Failed: "BatchResultErrorEntry",
};

/** Maps of the JSON protocol, with the element of one entry. */
const MAPS: Readonly<Record<string, { readonly element: string; readonly key: "Name" | "Key" }>> = {
  Attributes: { element: "Attribute", key: "Name" },
  MessageAttributes: { element: "MessageAttribute", key: "Name" },
  Tags: { element: "Tag", key: "Key" },
};

/** The answers of these actions have no result element, not even an empty one. */
const WITHOUT_RESULT =
  /^(?:ChangeMessageVisibility|DeleteMessage|DeleteQueue|PurgeQueue|SetQueueAttributes|TagQueue|UntagQueue)$/;

/** The answer of the query protocol with this output of the JSON protocol. */
export function answerXml(action: string, output: object, requestId: string): string {
  const result = Object.entries(output)
    .map(([name, value]) => memberXml(action, name, value))
    .join("");
  const metadata = element("ResponseMetadata", element("RequestId", escaped(requestId)));
  const wrapped = WITHOUT_RESULT.test(action) ? "" : element(`${action}Result`, result);
  return document(`${action}Response`, wrapped + metadata);
}

export interface QueryError {
  readonly code: string;
  readonly message: string;
  /** `Sender`: the request is wrong. `Receiver`: the server failed. */
  readonly type: "Sender" | "Receiver";
}

export function errorXml({ code, message, type }: QueryError, requestId: string): string {
  const error = element("Type", type) + element("Code", escaped(code)) + element("Message", escaped(message));
  return document("ErrorResponse", element("Error", `${error}<Detail/>`) + element("RequestId", escaped(requestId)));
}

function memberXml(action: string, name: string, value: unknown): string {
  if (Array.isArray(value)) {
    const item = name === "Successful" ? `${action}ResultEntry` : (LISTS[name] ?? name);
    return value.map((each) => element(item, valueXml(action, each))).join("");
  }
  const map = MAPS[name];
  if (map === undefined) return value === undefined ? "" : element(name, valueXml(action, value));
  return Object.entries(Object(value))
    .map(([key, each]) =>
      element(map.element, element(map.key, escaped(key)) + element("Value", valueXml(action, each))),
    )
    .join("");
}

const valueXml = (action: string, value: unknown): string =>
  typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([name, member]) => memberXml(action, name, member))
        .join("")
    : escaped(String(value));

const document = (root: string, content: string): string =>
  `<?xml version="1.0"?><${root} xmlns="${NAMESPACE}">${content}</${root}>`;

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
};

/** A parser reads a carriage return as a line feed unless it is escaped. A changed body would not match its MD5. */
const escaped = (text: string): string => text.replaceAll(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
