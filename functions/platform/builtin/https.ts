/** `node:https` in the bundles. */
export default process.getBuiltinModule("node:https");
