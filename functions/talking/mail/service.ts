import type { Mailer } from '../../../shared/adapters/mail.ts';
import { isThrottled, Later } from '../../../shared/core/later.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import type { MailItem } from '../../../shared/data/items.ts';
import type { MailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { remove, upsert } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { MailReport } from '../../../shared/events/mail-feedback.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { MailTemplate } from '../../../shared/messages/catalog.ts';
import { mailOf } from '../../../shared/messages/mail.ts';
import { isSecurityMail } from '../../../shared/messages/mail-catalog.ts';
import { metrics } from '../../../shared/observe/metrics.ts';
import type { SuppressionItem } from './items.ts';
import { turn } from './pace.ts';
import { isTaken, suppressionsOf } from './rules.ts';
import { bounced, mayMailStranger } from './strangers.ts';
import { suppressionRef } from './suppression.ts';

/** Whether a mail goes out to an address with this mark, or none. */
export const goesOut = (suppression: SuppressionItem | undefined, template: MailTemplate): boolean =>
  isTaken(suppression, { isSecurity: isSecurityMail(template), bringsBack: template === 'EMAIL_CODE_MAIL' });

type Sending = Pick<Kernel, 'log' | 'environment'> & { readonly mailer: Mailer };

/**
 * Sends a mail now. A mail that SES refuses for good is logged without the address and given up: it would be refused again.
 * Rejects where another try may help.
 */
export async function mailNow(
  { to, template, locale, values, from }: MailOrder,
  { now, signal }: Pick<Change, 'now' | 'signal'>,
  { mailer, log, environment }: Sending,
): Promise<void> {
  const refusal = await mailer.send({ to, ...mailOf(template, locale, values), ...(from ? { from } : {}) }, signal);
  if (!refusal) return;
  // Anybody can type an address that is none; a refused message is ours to look at, so only that rings the alarm.
  const counted = metrics(now, { MailsRejected: refusal === 'MessageRejected' ? 1 : 0 }, { stage: environment.STAGE! });
  log.warn({ template, refusal, ...counted }, 'mail refused for good');
}

/**
 * Sends a mail that was ordered, then forgets the order: the address is kept no longer than it is needed, and a delivery
 * that comes twice finds nothing. Only a crash between the two sends a mail twice: SES knows no repeated call.
 *
 * @throws Later where it is not its turn yet, or where SES takes no more at the moment: then it takes another turn
 */
export async function sendMail(change: Change<MailItem>, { table, ...deps }: Kernel & Sending): Promise<void> {
  const { item, now, due } = change;
  if (!item) return;
  const { mailId, to } = item;
  const { order, suppression } = await table.getAll({
    order: ref('Mail', { mailId }),
    suppression: suppressionRef(to),
  });
  if (!order || order.expiresAt <= now / 1000) return;
  const { from } = order;
  const isStopped =
    !goesOut(suppression, order.template) || (from !== undefined && !(await mayMailStranger(table, from, now)));
  if (isStopped) deps.log.info({ mailId, template: order.template }, 'mail suppressed');
  else {
    const at = due ?? (await turn(now, table, deps.environment));
    if (at > now) throw new Later(at);
    await mailNow(order, change, deps).catch(async (error: unknown) => {
      if (!isThrottled(error)) throw error;
      throw new Later(Math.max(now + 1000, await turn(now, table, deps.environment)));
    });
  }
  // The mail is out: a repetition for the sake of this would send it again, so it is left to its expiry.
  await table
    .commit([or(nothing, remove('Mail', { mailId }))])
    .catch((error: unknown) => deps.log.warn({ mailId, error }, 'mail order not removed'));
}

/**
 * A permanent bounce ends all mail to its address, a complaint ends news (row 1, trust D1), until the reader asks for it
 * again. A bounce is told of an address that complained, too: the weaker mark never hides the stronger one. A bounce also
 * counts for the place that ordered the mail, if the address had no account (report F23).
 */
export async function recordFeedback(report: MailReport, { table, log }: Kernel): Promise<void> {
  const { messageId, tags } = report.mail;
  for (const { email, reason, since, sentAt } of suppressionsOf(report)) {
    const isNew = reason === 'BOUNCE' ? anyOf(absent('reason'), is('reason', 'COMPLAINT')) : absent('reason');
    const isLater = anyOf(absent('resumedAt'), below('resumedAt', sentAt));
    // Where the address is marked already, the first report stays: a repeated one changes nothing.
    const marked = or(
      nothing,
      upsert(
        'Suppression',
        { email },
        { set: { reason, since }, remove: ['expiresAt', 'resumedAt'] },
        allOf(isNew, isLater),
      ),
    );
    const subject = reason === 'BOUNCE' ? tags?.from?.[0] : undefined;
    const counted = subject !== undefined && (await table.commit([marked, bounced(subject, fromIso(since))]));
    // Where the place has used up its bounces, the address is marked all the same.
    const added = counted || (await table.commit([marked]));
    log.warn({ messageId, template: tags?.template?.[0], reason, known: !added }, 'takes fewer mails from now on');
  }
}
