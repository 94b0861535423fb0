interface Banned {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** A comment that begins so makes its reader wait for the subject. */
export const OPENERS = /^(?:What|Who|Whoever|Whether|Of|Nobody|Which|That which)\b/;

const ban = (words: string, instead: string): Banned => ({ pattern: new RegExp(`\\b(?:${words})\\b`, "gi"), instead });

/** Words of the style guide's "not" column, each with the word that replaces it. Code and quotations are exempt. */
export const BANNED: readonly Banned[] = [
  ban("(?<!dead-|dead )(?<!upper-case |lower-case )letters?", "dead letter, or message"),
  ban("(?<!log |DNS |CNAME )records?", "message; a log record is a log record"),
  ban("content(?![- ](?:type|length|encoding|security|based|too)\\b)", "payload, or body"),
  ban("sayings?|news", "event"),
  ban("deliver|delivers|delivered|delivering", "publish"),
  ban("tell|tells|told|telling", "publish, return, log or report"),
  ban("say|says|said|saying", "publish, report, state"),
  ban("bury|buries|buried|burying", "dead-letter"),
  ban(
    "stays?(?! the same)|stayed|comes? back|came back|coming back|waits|is kept|are kept",
    "retry later, or leave in the queue",
  ),
  ban("refuse|refuses|refused|refusals?|refusing|culprits?", "rejected, failed or deny"),
  ban("stands? for|stood for", "replaced"),
  ban("repeats|repeated event", "duplicate"),
  ban("lets? in|let in", "authorize"),
  ban("know|knows|knew", "authenticate, or name the subject"),
  ban("h(?:old|olds|eld) against|drift|drifts|drifted", "validate, or does not match its schema"),
  ban("want|wants|wanted", "require"),
  ban("(?<!by |other )hand(?!-)|hands|handed", "return, pass or give"),
  ban("knocks?|knocking|whoever|of ours|nobody", "the subject itself"),
];
