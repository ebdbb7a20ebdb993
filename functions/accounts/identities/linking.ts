/** The writes that add an identity to an account that is there. */

import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, exists, is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import type { Refusal } from '../../../shared/data/transaction.ts';
import { create, patch, type Write } from '../../../shared/data/writes.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../accounts/items.ts';
import { accountRefusal } from '../sessions/service.ts';
import type { ProviderName } from '../accounts/values.ts';
import type { IdentityItem } from './items.ts';
import type { SocialPerson } from './social.ts';

/** The claim of a person for an account: refused where somebody has it. */
export const claim = (
  accountId: string,
  provider: ProviderName,
  { subject, email }: Pick<SocialPerson, 'subject' | 'email'>,
  now: number,
): Write => {
  const item: IdentityItem = {
    provider,
    subject,
    identityId: newId(now),
    accountId,
    ...(email === undefined ? {} : { email }),
    linkedAt: iso(now),
  };
  return create('Identity', { ...item });
};

/**
 * The claim of the person, the account's own note of it, and a word to the account's owner. Refused where the account
 * may not be signed in to, was signed out everywhere in between, or has somebody of this provider already.
 */
export function linkWrites(
  account: AccountItem,
  provider: ProviderName,
  person: SocialPerson,
  now: number,
): Record<string, Write | undefined> {
  const { accountId, sessionVersion, identities, email, locale } = account;
  // Only what is within a map that is there can be set alone.
  const path = `identities.${provider}`;
  const [set, free] = identities
    ? [{ [path]: person.subject }, allOf(exists('identities'), absent(path))]
    : [{ identities: { [provider]: person.subject } }, absent('identities')];
  const mayChange = allOf(is('status', 'ACTIVE'), is('sessionVersion', sessionVersion), free);
  return {
    identity: claim(accountId, provider, person, now),
    account: patch('Account', { accountId }, { set, add: { waysIn: 1, version: 1 } }, mayChange),
    mail:
      email === undefined
        ? undefined
        : mailOrder(now, {
            to: email,
            template: 'SOCIAL_LINKED',
            locale,
            values: { provider: catalogOf(locale).providers[provider] },
          }),
  };
}

/** Why a link was not made. */
export function linkRefusal(refused: Refusal<string>, before: AccountItem, provider: ProviderName): Problem {
  if (refused.identity) return new Problem('IDENTITY_TAKEN');
  const now = refused.account?.item as unknown as AccountItem | undefined;
  if (now?.identities?.[provider]) return new Problem('ALREADY_LINKED');
  if (now?.status !== 'ACTIVE') return accountRefusal(now);
  return now.sessionVersion === before.sessionVersion
    ? new Problem('TRY_AGAIN', { retryAfter: 1 })
    : new Problem('SOCIAL_SIGN_IN_INVALID');
}
