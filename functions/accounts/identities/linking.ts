/** The writes that add an identity to an account that is there. */

import { active, isActive } from '../../../shared/access/accounts.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, exists, is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { type Outcome, overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { create, patch } from '../../../shared/data/writes.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AuthorityItem, LivingAccount } from '../accounts/items.ts';
import type { ProviderName } from '../accounts/values.ts';
import { accountRefusal } from '../sessions/service.ts';
import type { SocialPerson } from './social.ts';

/** The claim of a person for an account. Refused as IDENTITY_TAKEN where somebody has it. */
export const claim = (
  accountId: string,
  provider: ProviderName,
  { subject, email }: Pick<SocialPerson, 'subject' | 'email'>,
  now: number,
) =>
  or(
    'IDENTITY_TAKEN',
    create('Identity', {
      provider,
      subject,
      identityId: newId(now),
      accountId,
      ...(email === undefined ? {} : { email }),
      linkedAt: iso(now),
    }),
  );

/**
 * The claim of the person, the note of it in the account's authority, and a word to the account's owner. Refused where the account
 * may not be signed in to, was signed out everywhere in between, or has somebody of this provider already.
 */
export function linkWrites(
  { locale }: Pick<LivingAccount, 'locale'>,
  authority: AuthorityItem,
  provider: ProviderName,
  person: SocialPerson,
  now: number,
) {
  const { accountId, sessionVersion, identities, email } = authority;
  // DynamoDB sets a part of a map only where the map is there.
  const path = `identities.${provider}` as const;
  const set = identities ? { [path]: person.subject } : { identities: { [provider]: person.subject } };
  const free = identities ? [exists('identities'), absent(path)] : [absent('identities')];
  const mayChange = allOf(active, is('sessionVersion', sessionVersion), ...free);
  const values = { provider: catalogOf(locale).providers[provider] };
  return [
    claim(accountId, provider, person, now),
    or(
      (now) => whyNotLinked(now, authority, provider),
      patch('Authority', { accountId }, { set, add: { waysIn: 1, version: 1 } }, mayChange),
    ),
    email !== undefined && mailOrder(now, { to: email, template: 'SOCIAL_LINKED', locale, values }),
  ];
}

/**
 * Why an account may not be entered by a provider. An account that withdrew a moment ago has freed its identities, so the
 * person begins anew and is offered a sign-up.
 */
export const entryRefusal = (authority: AuthorityItem | undefined): Problem =>
  authority === undefined ? new Problem('SOCIAL_SIGN_IN_INVALID') : accountRefusal(authority);

/** Why an account did not take another way in. */
function whyNotLinked(now: AuthorityItem | undefined, before: AuthorityItem, provider: ProviderName): Outcome {
  if (now?.identities?.[provider]) return 'ALREADY_LINKED';
  if (!isActive(now)) return entryRefusal(now);
  return now.sessionVersion === before.sessionVersion ? overtaken : 'SOCIAL_SIGN_IN_INVALID';
}
