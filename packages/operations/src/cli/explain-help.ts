export const EXPLAIN_HELP = `Explains what became of an event on a deployed stage, from the relay's log.

Usage: npm run explain -- ID --log-group NAME [flags]

  ID                    the event's id, or the id that SQS returned for its message

  --log-group NAME      the relay's log group, such as /aws/lambda/realtime-gateway-production-relay
  --since TIME          how far back to look: 30m, 6h, 2d (default 1d)
  --region REGION       the region of the log group (default: AWS_REGION, or your profile)
  --endpoint URL        another address than AWS's own
  --json                one JSON object for each message (npm run --silent explain omits npm's own lines)
  -h, --help            show this help

The stage needs REALTIME_TRACE=1. Without it, the log has the outcome of few messages, and no reasons. The log never has a
payload. With npm start, open /_realtime/events/ID on the HTTP port instead.

The command needs the permission logs:FilterLogEvents on the log group.

Exit codes: 0 found; 1 not found or failed; 2 a mistake on the command line.

Example: npm run explain -- evt-4711 --log-group /aws/lambda/realtime-gateway-dev-relay --since 6h
`;
