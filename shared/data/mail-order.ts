import { newId } from '../core/ids.ts';
import { ttl } from '../core/time.ts';
import type { Locale, MailTemplate } from '../messages/catalog.ts';
import { limits } from '../product/limits.ts';
import { create, type Write } from './writes.ts';

/** A mail to one address, in the language of its reader. `values` fill the braces of the template. */
export interface MailOrder {
  readonly to: string;
  readonly template: MailTemplate;
  readonly locale: Locale;
  readonly values: Readonly<Record<string, string>>;
  /** The place that ordered it, as a keyed hash, where the address has no account: it answers for a mail that comes back. */
  readonly from?: string;
}

/**
 * The write that orders a mail. Commit it together with the change that the mail is about. The stream of the table
 * sends it, and an address that refuses mail gets none.
 *
 * @param now milliseconds since 1970
 * @example mailOrder(now, { to: email, template: 'PASSWORD_CHANGED', locale: 'ko', values: {} })
 */
export const mailOrder = (now: number, order: MailOrder): Write =>
  create('Mail', { mailId: newId(now), ...order }, { expiresAt: ttl(now) + limits.mailSeconds });
