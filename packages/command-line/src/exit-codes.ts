export const EXIT_FAILED = 1;
/** The command line or the environment is wrong; nothing was started. */
export const EXIT_USAGE = 2;
/** Shells report a process that SIGINT ends as 128 and the signal's number. */
export const EXIT_INTERRUPTED = 130;
