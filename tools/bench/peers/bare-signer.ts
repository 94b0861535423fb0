/** The floor of whoever signs: `node:crypto`, and nothing else. */
const { createHmac } = process.getBuiltinModule("node:crypto");

export { createHmac };
