export const DLQ_HELP = `Shows, redrives and drops dead letters: messages the relay, or SQS itself, has given up.

Usage: npm run dlq -- list | show ID | redrive | drop [flags]

  list       a table of dead letters and how many each code has; their payloads are not shown
  show ID    one dead letter with its attributes and its payload
  redrive    copy dead letters to the main queue as they were, and delete each once its copy is accepted
  drop       delete dead letters for good

  --queue-url URL    the dead-letter queue (default REALTIME_DLQ_URL)
  --to URL           the main queue, for redrive (default DOMAIN_EVENTS_QUEUE_URL)
  --endpoint URL     where SQS is, if not at AWS nor where the queue's URL says
  --region NAME      the queue's region (default: the one in its URL, or the AWS SDK's own settings)
  --code CODE        only dead letters with this code; may be repeated. --code=- means those without one,
                     which SQS itself moved after too many receives
  --event NAME       only dead letters of this event; may be repeated
  --limit N          stop after N dead letters
  --dry-run          show what redrive or drop would take, and change nothing
  --yes              do not ask
  --json             one JSON object a line, the last one with the totals (npm run --silent dlq keeps npm's lines away)
  -h, --help         show this help

SQS hides messages while they are looked at. All that is not taken becomes visible again at the end and on Ctrl-C; after a
second Ctrl-C, a kill or a lost network it takes up to an hour. Nothing is ever lost: at worst a message is redriven
twice. Run it again to go on. A FIFO queue shows the first messages of each group only, until those are gone.

Exit codes: 0 done, or nothing matched; 1 failed; 2 a mistake on the command line; 130 interrupted.

Example: npm run dlq -- redrive --code rejected_by_pusher --dry-run
`;
