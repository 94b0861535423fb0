/** Stands in for `tweetnacl` and `tweetnacl-util` in the bundles. `pusher` needs them only to encrypt and decrypt, which the gateway never asks of it. */
export default {};
