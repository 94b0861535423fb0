export const USERS_HELP = `Closes users' connections on Pusher. When a page connects again, the gateway authorizes each channel anew.

Usage: npm run users -- terminate ID [ID...] [flags]

  terminate ID [ID...]   close every connection that is signed in as one of these users

  --json                 one JSON object a line, the last one with the totals (npm run --silent users omits npm's own lines)
  -h, --help             show this help

An ID is the user's id of the sign-in (the \`sub\` in jwt and proxy mode), exactly as it is. Quote characters that your
shell would change, and put -- before an ID that begins with a dash. A user without a connection is no failure, because
Pusher does not report it.

This is no ban. First revoke the access: at the token's issuer, in the platform's ownership answers, or in the session.
In open mode the gateway authorizes everyone. Grants count until the token expires. An ownership answer is cached for
REALTIME_OWNERSHIP_CACHE_SECONDS (10 by default). Connections that never called pusher.signin() are still open.

The app comes from PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER, or PUSHER_HOST with PUSHER_PORT and
PUSHER_SCHEME. REALTIME_PUSHER_TIMEOUT_MS counts for each user. PUSHER_DRY_RUN is for events and has no effect here.

Exit codes: 0 done; 1 failed for at least one user; 2 a mistake on the command line or in the environment; 130 interrupted.

Example: npm run users -- terminate ann 'auth0|5f7c8ec7c33c6c004bbafe82'
`;
