/** Pusher's limit for user ids (user authentication). Its browser library counts UTF-16 units. */
export const MAX_USER_ID_CHARACTERS = 128;

/** The mistake in a user id; `undefined` for a valid one. */
export function complaintAboutUserId(userId: string): string | undefined {
  if (userId === "") return "must not be empty";
  if (userId.length > MAX_USER_ID_CHARACTERS) return `must not be longer than ${MAX_USER_ID_CHARACTERS} characters`;
  return userId.isWellFormed() ? undefined : "must be well-formed Unicode";
}

/** The path of the call that closes a user's connections. It throws `RangeError` for an id that no user can have. */
export function terminatePath(appId: string, userId: string): string {
  const complaint = complaintAboutUserId(userId);
  if (complaint !== undefined) throw new RangeError(`a user id ${complaint}`);
  return `/apps/${appId}/users/${pathSegment(userId)}/terminate_connections`;
}

/** Escapes an id so that it is exactly one segment: it cannot end the segment, begin a query or reach another route. */
function pathSegment(userId: string): string {
  // Unescaped, they would be a step up the path. A proxy that unescapes them first finds no route.
  if (userId === "." || userId === "..") return userId.replaceAll(".", "%2E");
  // `@` and `:` are legal in a path (RFC 3986, 3.3). Pusher's own library sends them unescaped, and so do we.
  return encodeURIComponent(userId).replaceAll("%40", "@").replaceAll("%3A", ":");
}
