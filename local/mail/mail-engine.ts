import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Caller, Engine } from '../engine.ts';
import { createMailStore, type Mail } from './mail-store.ts';
import { type Message, readMessage } from './read-message.ts';
import { refusalAnswer, SesRefusal, sentAnswer } from './ses-answers.ts';

export interface MailEngineOptions {
  readonly clock: Clock;
  /** Where mails are kept over a restart; without it they live in memory. */
  readonly folder?: string;
  /** The region in ARNs: us-east-1 unless told. */
  readonly region?: string;
}

export interface MailEngine extends Engine {
  /** Lets a domain (with its subdomains) or a single address send. */
  verifyIdentity(domainOrAddress: string): void;
  /** The mails in the box, newest first; with `to` only those that went to this address. */
  list(filter?: { readonly to?: string }): Mail[];
  /**
   * The next mail to an address that was not handed out before, oldest first, waiting for one if need be. Mails of an
   * earlier run count as handed out. Waits for ever: a test's own time limit ends it.
   */
  next(to: string, predicate?: (mail: Mail) => boolean): Promise<Mail>;
  /** Refuses the next send, once for each call: with Throttling, which the SDK tries again, or MessageRejected. */
  failNext(kind: 'throttle' | 'reject'): void;
}

const faults = {
  throttle: () => new SesRefusal('Throttling', 'Maximum sending rate exceeded.'),
  reject: () => new SesRefusal('MessageRejected', 'The local mail box was told to reject this message.'),
};

/** What may vouch for an address: itself, its domain, and the domains above. */
function identitiesOf(address: string): string[] {
  const lower = address.toLowerCase();
  const labels = lower.slice(lower.lastIndexOf('@') + 1).split('.');
  return [lower, ...labels.map((_, index) => labels.slice(index).join('.'))];
}

/**
 * Stands in for SES (version 1, as `@aws-sdk/client-ses` speaks it): SendEmail and SendRawEmail end up in a box that can
 * be read. Configuration sets, tags and return paths are taken and not looked at. Throws an Error when `folder` holds a
 * broken file.
 */
export function createMailEngine(options: MailEngineOptions): MailEngine {
  const { clock, region = 'us-east-1' } = options;
  const store = createMailStore(options.folder);
  const verified = new Set<string>();
  const failures: (keyof typeof faults)[] = [];

  function demand(caller: Caller, action: string, message: Message): void {
    const identities = identitiesOf(message.sender);
    const identity = identities.find((name) => verified.has(name));
    const resource = `arn:aws:ses:${region}:000000000000:identity/${identity ?? identities[1]}`;
    const conditions = { 'ses:FromAddress': [message.sender], 'ses:Recipients': message.to };
    if (!caller.allows(`ses:${action}`, resource, conditions))
      throw new SesRefusal(
        'AccessDenied',
        `User \`${caller.name}' is not authorized to perform \`ses:${action}' on resource \`${resource}'`,
      );
    if (identity === undefined)
      throw new SesRefusal(
        'MessageRejected',
        'Email address is not verified. The following identities failed the check in region ' +
          `${region.toUpperCase()}: ${message.sender}`,
      );
  }

  return {
    async handle(request, caller) {
      try {
        const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
        const action = form.get('Action') ?? '';
        const message = await readMessage(action, form);
        demand(caller, action, message);
        const failure = failures.shift();
        if (failure) throw faults[failure]();
        const { sender: _, ...content } = message;
        const id = randomUUID();
        store.add({ id, at: clock.now(), ...content });
        return sentAnswer(action, id);
      } catch (error) {
        if (error instanceof SesRefusal) return refusalAnswer(error);
        throw error;
      }
    },
    verifyIdentity: (identity) => void verified.add(identity.toLowerCase()),
    list: store.list,
    next: store.next,
    failNext: (kind) => void failures.push(kind),
  };
}
