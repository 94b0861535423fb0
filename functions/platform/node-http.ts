/** Stands in for `node:http` in the bundles. CommonJS reads only the exports that are used; an `import` reads all. */
export default process.getBuiltinModule("node:http");
