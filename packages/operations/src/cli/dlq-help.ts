export const DLQ_HELP = `Shows, redrives and drops dead letters: messages that the relay rejected, or that SQS moved after too many receives.

Usage: npm run dlq -- list | show ID | redrive | drop [flags]

  list       print a table of dead letters, the number of each code and its next step; shows no payload
  show ID    print one dead letter with its attributes and its payload
  redrive    copy dead letters unchanged to the main queue, and delete each once SQS has accepted its copy
  drop       delete dead letters for good

  --queue-url URL    the dead-letter queue (default REALTIME_DLQ_URL)
  --to URL           the main queue, for redrive (default DOMAIN_EVENTS_QUEUE_URL)
  --endpoint URL     the address of SQS (default: AWS, or the host of the queue's URL)
  --region NAME      the queue's region (default: the one in its URL, or the AWS SDK's own settings)
  --code CODE        only dead letters with this code; may be given several times. --code=- selects those without
                     a code, which SQS moved after too many receives
  --event NAME       only dead letters of this event; may be given several times
  --limit N          stop after N dead letters
  --dry-run          list the dead letters that redrive or drop would take, and change nothing
  --yes              do not ask
  --force            redrive also what the relay rejected: invalid_json, unknown_envelope, unknown_event, invalid_event,
                     rejected_by_pusher. Without it, redrive leaves these alone, because they fail again unless their
                     cause is gone; at a terminal it asks
  --json             one JSON object a line, the last one with the totals (npm run --silent dlq omits npm's own lines)
  -h, --help         show this help

SQS hides a message once it is read. The command makes the remaining messages visible again at its end and on Ctrl-C.
After a second Ctrl-C, a kill or a lost network, SQS does so within an hour. No message is lost; at worst a message is
redriven twice. Run the command again to go on. A FIFO queue shows only the first messages of each group.

Exit codes: 0 done, or nothing matched; 1 something failed or was left alone; 2 a mistake on the command line; 130 interrupted.

Example: npm run dlq -- redrive --code=- --dry-run
`;
