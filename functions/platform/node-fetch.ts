/** Stands in for `node-fetch` in the bundles. */
export default globalThis.fetch;
