import { administering, requireShownFactor } from '../../../shared/access/access.ts';
import { type ActiveAccount, activeAccount, activeAuthority } from '../../../shared/access/accounts.ts';
import { proved } from '../../../shared/access/proof.ts';
import { stillSignedIn } from '../../../shared/access/signed-in.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, exists, is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, drop, patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf, fillIn } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { addressOf, newTotpSecret, stepOf } from '../../../shared/product/totp.ts';
import type { contract } from './contract.ts';
import type { Passkey } from './items.ts';
import { typed } from './rules.ts';
import { newRecoveryCodes } from './totp.ts';

type Routes = typeof contract.routes;

/**
 * The own account with what it can show besides its password, for a change of that.
 *
 * @throws Problem FACTOR_NEEDED for an administrator whose session has not shown a factor
 */
export async function ownFactors(table: Table, who: Pick<RouteRequest<Routes['beginTotp']>, 'account' | 'now'>) {
  const { accountId } = who.account;
  const { account, authority, factors, totp, ...asked } = await table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
    factors: ref('Factors', { accountId }),
    totp: ref('Totp', { accountId }),
    ...administering(who),
  });
  requireShownFactor(asked, factors);
  return { account: activeAccount(account), authority: activeAuthority(authority), factors, totp };
}

export const passkeyView = (id: string, { name, synced, addedAt, usedAt }: Passkey) => ({
  id,
  name,
  synced,
  addedAt,
  usedAt: usedAt ?? null,
});

/** The mail to an account's owner about a way in that was added or removed. */
export function toldOfWay(
  template: 'WAY_ADDED' | 'WAY_REMOVED',
  { email, locale }: Pick<ActiveAccount, 'email' | 'locale'>,
  way: { readonly PASSKEY: string } | { readonly IDENTITY: string } | { readonly TOTP: true },
  now: number,
) {
  const [[kind, name]] = Object.entries(way) as [[keyof ReturnType<typeof catalogOf>['ways'], string]];
  const values = { way: fillIn(catalogOf(locale).ways[kind], { name }) };
  return email !== undefined && mailOrder(now, { to: email, template, locale, values });
}

export async function getFactors(
  { account: { accountId } }: RouteRequest<Routes['getFactors']>,
  { table }: Kernel,
): Promise<Answer<Routes['getFactors']>> {
  const { account, factors, totp } = await table.getAll({
    account: ref('Account', { accountId }),
    factors: ref('Factors', { accountId }),
    totp: ref('Totp', { accountId }),
  });
  activeAccount(account);
  const passkeys = Object.entries(factors?.passkeys ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const since = factors?.totpSince;
  return {
    body: {
      passkeys: passkeys.map(([id, each]) => passkeyView(id, each)),
      totp: since === undefined ? null : { since, recoveryCodes: Object.keys(totp?.recovery ?? {}).length },
    },
  };
}

/** A secret that no code has confirmed yet counts for nothing, and another takes its place. */
export async function beginTotp(
  { account: who, now }: RouteRequest<Routes['beginTotp']>,
  { table }: Kernel,
): Promise<Answer<Routes['beginTotp']>> {
  const { accountId } = who;
  const { account, authority } = await ownFactors(table, { account: who, now });
  const secret = newTotpSecret();
  const answer = { body: { secret, address: addressOf(secret, account.email ?? account.nickname) } };
  const begun = { accountId, secret, lastStep: 0, recovery: {} };
  await table.commit(
    [
      stillSignedIn(who, authority, now),
      or('NOT_APPLICABLE', create('Totp', begun, { orWhen: absent('confirmedAt') })),
    ],
    answer,
  );
  return answer;
}

export async function confirmTotp(
  { account: who, body, now }: RouteRequest<Routes['confirmTotp']>,
  { table }: Kernel,
): Promise<Answer<Routes['confirmTotp']>> {
  const { accountId, sessionId } = who;
  const { account, authority, totp } = await ownFactors(table, { account: who, now });
  if (!totp || totp.confirmedAt) throw new Problem('NOT_APPLICABLE');
  await table.commit([charged({ limit: 'proof', subject: sessionId }, now)]);
  const step = stepOf(totp.secret, typed(body.code), now);
  if (step === undefined) throw new Problem('CODE_INVALID');
  const { codes, recovery } = newRecoveryCodes(accountId);
  const answer = { body: { recoveryCodes: codes } };
  const isAsRead = allOf(is('secret', totp.secret), absent('confirmedAt'));
  await table.commit(
    [
      stillSignedIn(who, authority, now),
      or(
        'NOT_APPLICABLE',
        patch('Totp', { accountId }, { set: { confirmedAt: iso(now), lastStep: step, recovery } }, isAsRead),
      ),
      upsert('Factors', { accountId }, { set: { totpSince: iso(now) } }),
      proved(who, 'FACTOR', now),
      toldOfWay('WAY_ADDED', account, { TOTP: true }, now),
    ],
    answer,
  );
  return answer;
}

export async function removeTotp(
  { account: who, now }: RouteRequest<Routes['removeTotp']>,
  { table }: Kernel,
): Promise<Answer<Routes['removeTotp']>> {
  const { accountId } = who;
  const { account, authority } = await ownFactors(table, { account: who, now });
  await table.commit([
    stillSignedIn(who, authority, now),
    or(nothing, patch('Factors', { accountId }, { remove: ['totpSince'] }, exists('totpSince'))),
    drop('Totp', { accountId }),
    toldOfWay('WAY_REMOVED', account, { TOTP: true }, now),
  ]);
  return noContent;
}

export async function renewRecoveryCodes(
  { account: who, now }: RouteRequest<Routes['renewRecoveryCodes']>,
  { table }: Kernel,
): Promise<Answer<Routes['renewRecoveryCodes']>> {
  const { accountId } = who;
  const { authority } = await ownFactors(table, { account: who, now });
  const { codes, recovery } = newRecoveryCodes(accountId);
  const answer = { body: { recoveryCodes: codes } };
  await table.commit(
    [
      stillSignedIn(who, authority, now),
      or('NOT_APPLICABLE', patch('Totp', { accountId }, { set: { recovery } }, exists('confirmedAt'))),
    ],
    answer,
  );
  return answer;
}
