/** The HTTP status of a denial. It is final. */
export const FORBIDDEN = 403;
