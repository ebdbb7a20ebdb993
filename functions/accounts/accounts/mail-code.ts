import type { Mailer } from '../../../shared/adapters/mail.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { isThrottled, Later } from '../../../shared/core/later.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { MailTemplate } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { goesOut, mailNow } from '../../talking/mail/service.ts';
import { mayMailStranger } from '../../talking/mail/strangers.ts';
import { suppressionRef } from '../../talking/mail/suppression.ts';
import { credentialRef } from './credentials.ts';
import type { EmailCodeItem } from './items.ts';
import { codeKey, codeOf } from './rules.ts';
import type { Purpose } from './values.ts';

type Deps = Kernel & { readonly codeKeys: SigningKeys; readonly mailer: Mailer };

/** The mails to an address that has an account, and to one that has none. Without a code, nobody gets any further. */
const templates: Readonly<Record<Purpose, readonly [known: MailTemplate, unknown: MailTemplate]>> = {
  REGISTER: ['EMAIL_CODE_KNOWN', 'EMAIL_CODE_REGISTER'],
  PASSWORD: ['EMAIL_CODE_PASSWORD', 'EMAIL_NO_ACCOUNT'],
  EMAIL: ['EMAIL_TAKEN', 'EMAIL_CODE_EMAIL'],
  LEAVE: ['EMAIL_CODE_LEAVE', 'EMAIL_NO_ACCOUNT'],
  MAIL: ['EMAIL_CODE_MAIL', 'EMAIL_CODE_MAIL'],
  PROOF: ['EMAIL_CODE_PROOF', 'EMAIL_NO_ACCOUNT'],
};

/**
 * Sends what `requestEmailCode` ordered. A changed count of tries is no order; a repeated delivery sends the same code. A
 * code that is not the latest of whoever asked is not sent: they would find it above the one that is good.
 */
export async function mailCode({ item, old, now, signal }: Change<EmailCodeItem>, deps: Deps): Promise<void> {
  if (!item || item.verificationId === old?.verificationId) return;
  const { email, purpose, asker, locale, verificationId, keyId, from, expiresAt } = item;
  if (expiresAt <= now / 1000) return;
  const { latest, credential, suppression } = await deps.table.getAll({
    latest: ref('EmailCode', codeKey(email, purpose, asker)),
    credential: credentialRef(email),
    suppression: suppressionRef(email),
  });
  if (latest?.verificationId !== verificationId) return;
  const key = await deps.codeKeys.named(keyId);
  const template = templates[purpose][credential ? 0 : 1];
  if (!goesOut(suppression, template) || !key) return;
  const wasCounted = purpose === 'REGISTER' || purpose === 'EMAIL';
  const isStranger = !credential && !wasCounted;
  if (isStranger && (from === undefined || !(await mayMailStranger(deps.table, from, now)))) return;
  const values = {
    code: codeOf(key.bytes, verificationId, email),
    minutes: String(limits.emailCode.lifeSeconds / 60),
  };
  const mail = { to: email, template, locale, values, ...(credential || from === undefined ? {} : { from }) };
  await mailNow(mail, { now, signal }, deps).catch((error: unknown) => {
    // SES counts mails a second: bulk mail leaves every other one free.
    throw isThrottled(error) ? new Later(now + 1000) : error;
  });
}
