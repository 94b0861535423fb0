/** Pusher's limit on user ids (user authentication), counted as its browser library counts: in UTF-16 units. */
export const MAX_USER_ID_CHARACTERS = 128;

/** Why Pusher can have no user of this id; `undefined` for a sound one. */
export function complaintAboutUserId(userId: string): string | undefined {
  if (userId === "") return "must not be empty";
  if (userId.length > MAX_USER_ID_CHARACTERS) return `must not be longer than ${MAX_USER_ID_CHARACTERS} characters`;
  return userId.isWellFormed() ? undefined : "must be well-formed Unicode";
}

/** Where the connections of one user are closed. Throws `RangeError` for an id that no user can have. */
export function terminatePath(appId: string, userId: string): string {
  const complaint = complaintAboutUserId(userId);
  if (complaint !== undefined) throw new RangeError(`a user id ${complaint}`);
  return `/apps/${appId}/users/${pathSegment(userId)}/terminate_connections`;
}

/** One segment of a path, whatever the id holds: no id may end it, begin a query or climb to another route. */
function pathSegment(userId: string): string {
  // Alone they would be a step up the path. Whoever on the way takes the escape for one too finds no route there.
  if (userId === "." || userId === "..") return userId.replaceAll(".", "%2E");
  // As they are, `@` and `:` are legal in a path (RFC 3986, 3.3), and the ids that have them are sent as Pusher's own
  // library, which escapes nothing, sends them.
  return encodeURIComponent(userId).replaceAll("%40", "@").replaceAll("%3A", ":");
}
