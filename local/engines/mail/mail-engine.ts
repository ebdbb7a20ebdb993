import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../shared/core/clock.ts';
import type { Told } from '../../runtime/events.ts';
import { type Caller, type Engine, refusalText } from '../engine.ts';
import { createMailStore, type Mail } from './mail-store.ts';
import { type Message, readMessage } from './read-message.ts';
import { eventTypeOf, type ReportKind, reportOf, simulated } from './reports.ts';
import { refusalAnswer, SesRefusal, sentAnswer } from './ses-answers.ts';

export interface MailEngineOptions {
  readonly clock: Clock;
  /** The folder for mails that survive a restart; without it they are in memory. */
  readonly folder?: string;
  /** The region in ARNs: us-east-1 unless given. */
  readonly region?: string;
  /** Receives the events that SES sends to EventBridge. */
  readonly publish?: (told: Told) => void;
}

export interface MailEngine extends Engine {
  /** Allows a domain (with its subdomains) or a single address to send. */
  verifyIdentity(domainOrAddress: string): void;
  /** Creates a configuration set. Its mails are reported for these types of events (`bounce`, `complaint`). */
  createConfigurationSet(name: string, reported: readonly string[]): void;
  /** The mails in the box, newest first; with `to` only those to this address. */
  list(filter?: { readonly to?: string }): Mail[];
  /**
   * The next mail to an address that was not given out before, oldest first. Waits until there is one, without a limit:
   * a test's own time limit ends it. Mails of an earlier run count as given out.
   */
  next(to: string, predicate?: (mail: Mail) => boolean): Promise<Mail>;
  /**
   * Refuses the next send, once for each call: with Throttling, with MessageRejected, or, after ten seconds without an
   * answer, with ServiceUnavailable.
   */
  failNext(kind: 'throttle' | 'reject' | 'hang'): void;
  /** Accepts only this many mails a second, and refuses the others with Throttling. Without a call there is no limit. */
  limitRate(perSecond: number): void;
  /**
   * Lets a mail bounce, or its reader complain. The report goes to the event bus if the mail's configuration set says
   * so. Mails to the mailbox simulator (`bounce@simulator.amazonses.com`) are reported automatically.
   */
  report(mail: Mail, kind: ReportKind): void;
}

const faults = {
  throttle: () => new SesRefusal('Throttling', 'Maximum sending rate exceeded.'),
  hang: () => new SesRefusal('ServiceUnavailable', 'The local mail box was told not to answer.'),
  reject: () => new SesRefusal('MessageRejected', 'The local mail box was told to reject this message.'),
};

/** The identities that allow an address to send: the address itself, its domain, and the domains above. */
function identitiesOf(address: string): string[] {
  const lower = address.toLowerCase();
  const labels = lower.slice(lower.lastIndexOf('@') + 1).split('.');
  return [lower, ...labels.map((_, index) => labels.slice(index).join('.'))];
}

/**
 * Stands in for SES (version 1, as `@aws-sdk/client-ses` uses it). Mails of SendEmail and SendRawEmail go to a box that
 * can be read, and bounces and complaints can be reported. Tags and return paths are accepted and ignored.
 *
 * @throws Error if `folder` contains a broken file
 */
export function createMailEngine(options: MailEngineOptions): MailEngine {
  const { clock, region = 'us-east-1', publish = () => {} } = options;
  const store = createMailStore(options.folder);
  const verified = new Set<string>();
  const configurationSets = new Map<string, readonly string[]>();
  const failures: (keyof typeof faults)[] = [];

  let rate = Number.POSITIVE_INFINITY;
  const taken: number[] = [];
  /** Whether the rate lets one more mail in: a second ago counts no more. */
  function hasRoom(): boolean {
    const now = clock.now();
    while (taken.length > 0 && taken[0]! <= now - 1000) taken.shift();
    if (taken.length >= rate) return false;
    taken.push(now);
    return true;
  }
  const silence = () => new Promise<void>((resolve) => void clock.at(clock.now() + 10_000, resolve));

  function demand(caller: Caller, action: string, message: Message): void {
    const identities = identitiesOf(message.sender);
    const identity = identities.find((name) => verified.has(name));
    const conditions = { 'ses:FromAddress': [message.sender], 'ses:Recipients': message.to };
    const set = message.configurationSet;
    const resources = [
      `identity/${identity ?? identities[1]}`,
      ...(set === undefined ? [] : [`configuration-set/${set}`]),
    ];
    for (const resource of resources.map((each) => `arn:aws:ses:${region}:000000000000:${each}`))
      if (!caller.allows(`ses:${action}`, resource, conditions))
        throw new SesRefusal('AccessDenied', refusalText(caller, `ses:${action}`, resource, conditions));
    if (identity === undefined)
      throw new SesRefusal(
        'MessageRejected',
        'Email address is not verified. The following identities failed the check in region ' +
          `${region.toUpperCase()}: ${message.sender}`,
      );
    if (set !== undefined && !configurationSets.has(set))
      throw new SesRefusal('ConfigurationSetDoesNotExist', `Configuration set <${set}> does not exist.`);
  }

  function report(mail: Mail, kind: ReportKind, recipients: readonly string[] = mail.to): void {
    const reported = configurationSets.get(mail.configurationSet ?? '');
    if (reported?.includes(eventTypeOf(kind))) publish(reportOf(kind, mail, recipients, clock.now()));
  }

  return {
    async handle(request, caller) {
      try {
        const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
        const action = form.get('Action') ?? '';
        const message = await readMessage(action, form);
        demand(caller, action, message);
        const failure = failures.shift();
        if (failure === 'hang') await silence();
        if (failure) throw faults[failure]();
        if (!hasRoom()) throw faults.throttle();
        const { sender: _, ...content } = message;
        const mail = { id: randomUUID(), at: clock.now(), ...content };
        store.add(mail);
        for (const address of mail.to) {
          const kind = simulated(address);
          if (kind) report(mail, kind, [address]);
        }
        return sentAnswer(action, mail.id);
      } catch (error) {
        if (error instanceof SesRefusal) return refusalAnswer(error);
        throw error;
      }
    },
    verifyIdentity: (identity) => void verified.add(identity.toLowerCase()),
    createConfigurationSet: (name, reported) => void configurationSets.set(name, reported),
    report: (mail, kind) => report(mail, kind),
    list: store.list,
    next: store.next,
    failNext: (kind) => void failures.push(kind),
    limitRate(perSecond) {
      rate = perSecond;
    },
  };
}
