/**
 * Recovery (row 162): a new password by mail also ends every way into the account that was added since its mailbox last
 * vouched for it. A thief who was signed in for a while keeps nothing. An administrator whose passkey or app ends is one no
 * more: administering needs more than a mailbox.
 */
import { isShownAsAdmin } from '../../../shared/access/access.ts';
import { absent, allOf, type Condition, exists, is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { drop, patch, remove, upsert } from '../../../shared/data/writes.ts';
import { catalogOf, fillIn } from '../../../shared/messages/text.ts';
import { isUnvouched } from '../factors/rules.ts';
import type { AuthorityItem, LivingAccount } from './items.ts';
import type { ProviderName } from './values.ts';

type Factors = ItemOf<'Factors'>;

/** When the account's mailbox last vouched for what leads into it. */
export const vouchedAtOf = (factors: Factors | undefined, { createdAt }: Pick<LivingAccount, 'createdAt'>) =>
  factors?.vouchedAt ?? createdAt;

/** An account that is recovered, as it was read. */
interface Recovering {
  readonly account: LivingAccount;
  readonly authority: AuthorityItem;
  readonly factors: Factors | undefined;
}

/** `since`: ways in that were added later end. Instants are ISO 8601 in UTC. */
interface Recovery extends Pick<Factors, 'emailsUndone'> {
  readonly since: string;
  readonly at: string;
}

/** The ways in that a recovery ends, and those that it keeps, besides the password. */
interface Ways {
  readonly ended: readonly string[];
  readonly kept: readonly string[];
  readonly writes: Part;
}

/**
 * What a recovery does besides the new password. Refused as `overtaken` if a way in was added or removed since they were read.
 */
export async function recovered(
  table: Table,
  { account, authority, factors }: Recovering,
  { since, at, emailsUndone }: Recovery,
): Promise<Ways> {
  const { accountId, version } = authority;
  const identities = await addedIdentities(table, authority, since);
  const passkeys = Object.entries(factors?.passkeys ?? {}).filter(([, passkey]) => isUnvouched(passkey, since));
  const endsTotp = factors?.totpSince !== undefined && isUnvouched({ addedAt: factors.totpSince }, since);
  const left = {
    identities: Object.keys(authority.identities ?? {}).filter(
      (provider) => !identities.some(([name]) => name === provider),
    ),
    passkeys: Object.entries(factors?.passkeys ?? {}).filter(([, passkey]) => !isUnvouched(passkey, since)),
  };
  const endsFactor = passkeys.length > 0 || endsTotp;
  const named = namesIn(account);
  const set = { vouchedAt: at, ...(emailsUndone ? { emailsUndone } : {}) };
  const gone = [...passkeys.map(([id]) => `passkeys.${id}` as const), ...(endsTotp ? (['totpSince'] as const) : [])];
  return {
    ended: [
      ...identities.map(([provider]) => named.identity(provider)),
      ...passkeys.map(([, { name }]) => named.passkey(name)),
      ...(endsTotp ? [named.totp] : []),
      ...(endsFactor && isShownAsAdmin(account) ? [named.role] : []),
    ],
    kept: [
      ...left.identities.map((provider) => named.identity(provider as ProviderName)),
      ...left.passkeys.map(([, { name }]) => named.passkey(name)),
      ...(factors?.totpSince !== undefined && !endsTotp ? [named.totp] : []),
    ],
    writes: or(
      overtaken,
      patch(
        'Authority',
        { accountId },
        {
          remove: identities.map(([provider]) => `identities.${provider}` as const),
          ...(identities.length > 0 ? { add: { waysIn: -identities.length } } : {}),
        },
        is('version', version),
      ),
      identities.map(([provider, subject]) => remove('Identity', { provider, subject }, is('accountId', accountId))),
      upsert(
        'Factors',
        { accountId },
        { set, remove: gone, ...(passkeys.length > 0 ? { add: { passkeyCount: -passkeys.length } } : {}) },
        asRead(factors),
      ),
      endsTotp && drop('Totp', { accountId }),
      // Else whoever reads the mailbox would add a first factor in place of the ended ones, and administer by it.
      endsFactor && [
        drop('Administrator', { accountId }),
        patch('Account', { accountId }, { set: { role: 'USER' } }, is('role', account.role)),
      ],
    ),
  };
}

/** The identities that were linked since, by provider. */
async function addedIdentities(table: Table, { identities = {} }: AuthorityItem, since: string) {
  const linked = Object.entries(identities) as [ProviderName, string][];
  const references: Record<string, Reference<ItemOf<'Identity'>>> = {};
  for (const [provider, subject] of linked) references[provider] = ref('Identity', { provider, subject });
  const found: Record<string, ItemOf<'Identity'> | undefined> = linked.length > 0 ? await table.getAll(references) : {};
  return linked.filter(([provider]) => isUnvouched({ addedAt: found[provider]?.linkedAt ?? '' }, since));
}

/** No passkey and no app came or went since the factors were read: the number alone would not tell one that took another's place. */
function asRead(factors: Factors | undefined): Condition<'passkeyCount' | 'totpSince' | `passkeys.${string}`> {
  const { passkeyCount, totpSince, passkeys = {} } = factors ?? {};
  return allOf<'passkeyCount' | 'totpSince' | `passkeys.${string}`>(
    ...Object.keys(passkeys).map((id) => exists(`passkeys.${id}` as const)),
    passkeyCount === undefined ? absent('passkeyCount') : is('passkeyCount', passkeyCount),
    totpSince === undefined ? absent('totpSince') : is('totpSince', totpSince),
  );
}

function namesIn({ locale }: LivingAccount) {
  const { ways, providers } = catalogOf(locale);
  return {
    identity: (provider: ProviderName) => fillIn(ways.IDENTITY, { name: providers[provider] }),
    passkey: (name: string) => fillIn(ways.PASSKEY, { name }),
    totp: ways.TOTP,
    role: ways.ADMINISTRATOR,
  };
}

/** The mail that tells the owner which ways in have ended with the old password, and which lead in still. */
export function recoveryMail(to: string, { locale }: LivingAccount, { ended, kept }: Ways, now: number) {
  const listed = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : catalogOf(locale).ways.NONE);
  const values = { ended: listed(ended), kept: listed(kept) };
  return mailOrder(now, { to, template: 'PASSWORD_RESET', locale, values });
}
