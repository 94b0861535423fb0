/** The floor of whoever signs, and sends over TLS: `node:crypto` and `node:https`, and nothing else. */
const { createHmac } = process.getBuiltinModule("node:crypto");
const { request } = process.getBuiltinModule("node:https");

export { createHmac, request };
