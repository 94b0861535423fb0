/** A query parameter `A.1.Name=x` is the text `x` at the path `A`, `1`, `Name`. */
type Node = string | Tree;
type Tree = Map<string, Node>;

/** The input of an action in SQS's JSON protocol. */
export type ActionInput = Readonly<Record<string, unknown>>;

/** A parameter that cannot be translated. */
export class InvalidParameterError extends Error {
  override readonly name = "InvalidParameterError";
}

const INTEGERS = new Set(["DelaySeconds", "MaxNumberOfMessages", "MaxResults", "VisibilityTimeout", "WaitTimeSeconds"]);

/** Lists of the query protocol: `AttributeName.1=All` → `{ AttributeNames: ["All"] }`. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: "AttributeNames",
  MessageAttributeName: "MessageAttributeNames",
  MessageSystemAttributeName: "MessageSystemAttributeNames",
  TagKey: "TagKeys",
};

/** Maps of the query protocol: `Attribute.1.Name=a&Attribute.1.Value=b` → `{ Attributes: { a: "b" } }`. */
const MAPS: Readonly<Record<string, { readonly member: string; readonly key: "Name" | "Key" }>> = {
  Attribute: { member: "Attributes", key: "Name" },
  MessageAttribute: { member: "MessageAttributes", key: "Name" },
  MessageSystemAttribute: { member: "MessageSystemAttributes", key: "Name" },
  Tag: { member: "Tags", key: "Key" },
};

/** `SendMessageBatchRequestEntry.1.Id=a` → `{ Entries: [{ Id: "a" }] }`. */
const BATCH_ENTRY = /BatchRequestEntry$/;

/**
 * Translates the parameters of the query protocol to an input of the JSON protocol. One table serves all actions, because a
 * name has one meaning in all of them. Throws `InvalidParameterError`.
 */
export function inputOf(parameters: URLSearchParams): ActionInput {
  const tree: Tree = new Map();
  for (const [path, value] of parameters) put(tree, path.split("."), value);
  return structure(tree);
}

function put(tree: Tree, [name = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const existing = tree.get(name);
  const branch: Tree = existing instanceof Map ? existing : new Map();
  tree.set(name, branch);
  put(branch, rest, value);
}

const structure = (tree: Tree): ActionInput =>
  Object.fromEntries([...tree].map(([name, node]) => memberOf(name, node)));

function memberOf(name: string, node: Node): readonly [string, unknown] {
  const list = LISTS[name];
  if (list !== undefined) return [list, itemsOf(node).map(nodeValue)];
  if (BATCH_ENTRY.test(name)) return ["Entries", itemsOf(node).map(nodeValue)];
  const map = MAPS[name];
  if (map !== undefined)
    return [map.member, Object.fromEntries(itemsOf(node).map((item) => entryOf(item, map.key, name)))];
  return [name, INTEGERS.has(name) ? integerOf(name, node) : nodeValue(node)];
}

const nodeValue = (node: Node): unknown => (typeof node === "string" ? node : structure(node));

/** Items in the order of their numbers. Some clients do not number the only item. */
function itemsOf(node: Node): readonly Node[] {
  if (typeof node === "string" || node.has("Name")) return [node];
  return [...node].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item);
}

function entryOf(item: Node, key: "Name" | "Key", parameter: string): readonly [string, unknown] {
  const name = typeof item === "string" ? undefined : item.get(key);
  const value = typeof item === "string" ? undefined : item.get("Value");
  if (typeof name !== "string" || value === undefined)
    throw new InvalidParameterError(`${parameter} needs ${key} and Value for each entry.`);
  return [name, nodeValue(value)];
}

function integerOf(name: string, node: Node): number {
  if (typeof node === "string" && /^-?\d{1,9}$/.test(node)) return Number(node);
  throw new InvalidParameterError(`Value for parameter ${name} is invalid. Reason: Must be an integer.`);
}
