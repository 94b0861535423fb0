export const USERS_HELP = `Closes users' connections on Pusher, so that what they may hear is decided anew when they come back.

Usage: npm run users -- terminate ID [ID...] [flags]

  terminate ID [ID...]   close every connection that is signed in as one of these users

  --json                 one JSON object a line, the last one with the totals (npm run --silent users keeps npm's lines away)
  -h, --help             show this help

An ID is the user's id as it was signed in with (in jwt and proxy mode the \`sub\`), taken as it is; quote what your shell
would read otherwise, and put -- before one that begins with a dash. A user who has no connection is no failure: Pusher
does not tell.

It is no ban. Revoke first: at the token's issuer, in the platform's answer to ownership questions, or the session. In open
mode nothing stops who comes back; grants in a token that has not expired still count; an ownership answer is believed for
REALTIME_OWNERSHIP_CACHE_SECONDS (10 by default). Connections that never called pusher.signin() are not closed.

The app is that of PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER, or PUSHER_HOST with PUSHER_PORT and
PUSHER_SCHEME. REALTIME_PUSHER_TIMEOUT_MS is for one user. PUSHER_DRY_RUN, which is about events, changes nothing here.

Exit codes: 0 done; 1 failed for at least one user; 2 a mistake on the command line or in the environment; 130 interrupted.

Example: npm run users -- terminate ann 'auth0|5f7c8ec7c33c6c004bbafe82'
`;
