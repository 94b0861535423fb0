/** The floor of signing: `node:crypto` only. */
const { createHmac } = process.getBuiltinModule("node:crypto");

export { createHmac };
