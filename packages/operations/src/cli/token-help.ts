export const TOKEN_HELP = `Explains a token: the check that fails, the settings to compare, and the channels that it opens.

Usage: npm run --silent token -- TOKEN | - [flags]

  TOKEN            a user's token (mode jwt) or a trusted server's assertion (mode proxy)
  -                read the token from standard input; a shell's history and npm's own output then do not show it

  --channel NAME   also report the answer for this channel, and the reason
  --json           print one JSON object
  -h, --help       show this help

The settings are the auth function's own, from the environment: REALTIME_AUTH_MODE, REALTIME_JWT_*, REALTIME_OWNERSHIP_*,
REALTIME_PROXY_SECRET, PUSHER_USE_PRIVATE_CHANNELS and PUSHER_ENCRYPTION_MASTER_KEY_BASE64. With a JWKS, the command fetches the
issuer's keys. It does not ask the platform who owns an entity. It prints no token, key or secret.

Exit codes: 0 verified, and the channel is not denied; 1 denied, or the issuer's keys are not available; 2 a mistake on the
command line or in the environment.

Example: npm run --silent token -- - --channel private-audit-42 < token.txt
`;
