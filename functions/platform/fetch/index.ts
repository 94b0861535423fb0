/**
 * Fetch's classes for bundles that answer HTTP. They save 44 % of the CPU to the first answer (47 ms, not 83) and
 * 57 % of each request (14 µs, not 32); docs/decisions/011. They answer the usual cases themselves, and Node's own objects answer everything else.
 */
export { Headers } from "./headers.ts";
export { fetch, Request } from "./request.ts";
export { Response } from "./response.ts";
