/** `node:http` in the bundles. */
export default process.getBuiltinModule("node:http");
