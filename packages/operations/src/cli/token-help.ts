export const TOKEN_HELP = `Explains a token: the check that fails, the settings to compare, and the channels that it opens.
Makes a token for tests on your machine.

Usage: npm run --silent token -- TOKEN | - [--channel NAME] [--json]
       npm run --silent token -- mint --user ID [flags]

  TOKEN            a user's token (mode jwt) or a trusted server's assertion (mode proxy)
  -                read the token from standard input; a shell's history and npm's own output then do not show it

  --channel NAME   also report the answer for this channel, and the reason
  --json           print one JSON object
  -h, --help       show this help

mint prints a token of the issuer, signed with REALTIME_JWT_SECRET, or an assertion of the trusted server, signed with
REALTIME_PROXY_SECRET. Behind a JWKS or a public key, only the issuer can sign.

  --user ID        the user
  --grant GRANT    mode jwt: audit-42, audit-* or *; may be given several times
  --socket-id ID   mode proxy: the connection of the browser (pusher.connection.socket_id)
  --channel NAME   mode proxy: the whole name, such as private-audit-42; several times, or none for a sign-in
  --info JSON      what other members of a presence channel see, such as {"name":"Ann"}
  --seconds N      its lifetime (default 3600, for an assertion 60 and no more)
  --json           print one JSON object: mode, user, token, header, expires

The settings are the auth function's own, from the environment: REALTIME_AUTH_MODE, REALTIME_JWT_*, REALTIME_OWNERSHIP_*,
REALTIME_PROXY_SECRET, PUSHER_USE_PRIVATE_CHANNELS and PUSHER_ENCRYPTION_MASTER_KEY_BASE64. With a JWKS, the command fetches the
issuer's keys. It does not ask the platform who owns an entity. An explanation prints no token, key or secret.

Exit codes: 0 verified, and the channel is not denied; 1 denied, or the issuer's keys are not available; 2 a mistake on the
command line or in the environment.

Examples: npm run --silent token -- - --channel private-audit-42 < token.txt
          npm run --silent token -- mint --user u1 --grant 'audit-*'
`;
