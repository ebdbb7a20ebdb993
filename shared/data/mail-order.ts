import { newId } from '../core/ids.ts';
import { ttl } from '../core/time.ts';
import type { Locale, MailTemplate } from '../messages/catalog.ts';
import { limits } from '../product/limits.ts';
import { create, type Write } from './writes.ts';

/** A mail to one address, in its reader's language. Values fill the braces of the template. */
export interface MailOrder {
  readonly to: string;
  readonly template: MailTemplate;
  readonly locale: Locale;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * The write that orders a mail: commit it together with what the mail tells of. The table's stream sends it; an address
 * that takes no mail gets none.
 *
 * @param now milliseconds since 1970
 */
export const mailOrder = (now: number, order: MailOrder): Write =>
  create('Mail', { mailId: newId(now), ...order }, { expiresAt: ttl(now) + limits.mailSeconds });
