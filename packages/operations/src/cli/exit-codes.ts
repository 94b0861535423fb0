export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
/** 128 and SIGINT's number, as shells have it. */
export const EXIT_INTERRUPTED = 130;
