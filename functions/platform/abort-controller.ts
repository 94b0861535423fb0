/** Stands in for `abort-controller` in the bundles. */
export default globalThis.AbortController;
