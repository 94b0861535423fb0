/** Stands in for `tweetnacl` in the bundles: `pusher` would encrypt and decrypt with it, which we never ask of it. */
export default {};
