/** The floor of every import: an ES module with nothing in it. */
export {};
