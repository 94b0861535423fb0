/** The floor of signing and sending over TLS: `node:crypto` and `node:https` only. */
const { createHmac } = process.getBuiltinModule("node:crypto");
const { request } = process.getBuiltinModule("node:https");

export { createHmac, request };
