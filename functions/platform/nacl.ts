/** Stands in for `tweetnacl` and `tweetnacl-util` in the bundles: `pusher` would encrypt and decrypt with them, which we never ask of it. */
export default {};
