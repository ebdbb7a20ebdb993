import { isActive } from '../../../shared/access/accounts.ts';
import { stillInSession, stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newSecret } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import type { Meaning } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { throughClub } from '../../groups/clubs/applying.ts';
import { credentialRef, requirePassword } from '../accounts/credentials.ts';
import { deviceTokenOf } from '../accounts/rules.ts';
import { accountCreation, ownAccount } from '../accounts/service.ts';
import type { ProviderName } from '../accounts/values.ts';
import { openSession } from '../sessions/service.ts';
import type { contract } from './contract.ts';
import type { IdentityItem, SocialSignInItem } from './items.ts';
import { claim, entryRefusal, linkWrites } from './linking.ts';
import { outcomeOf, stepOf } from './rules.ts';
import type { Social, SocialPerson } from './social.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKeys: SigningKeys; readonly social: Social<ProviderName> };

export async function listProviders(
  { locale }: RouteRequest<Routes['listProviders']>,
  { social }: Deps,
): Promise<Answer<Routes['listProviders']>> {
  const offered = await social.offered();
  return { body: { items: offered.map((provider) => ({ provider, name: catalogOf(locale).providers[provider] })) } };
}

export const beginSocialSignIn = async (
  request: RouteRequest<Routes['beginSocialSignIn']>,
  deps: Deps,
): Promise<Answer<Routes['beginSocialSignIn']>> => begin(request, deps);

/** As strong a change as a new password, so it asks for the old one where there is one. */
export async function beginLinking(
  request: RouteRequest<Routes['beginLinking']>,
  deps: Deps,
): Promise<Answer<Routes['beginLinking']>> {
  const { body, account, now } = request;
  const own = await ownAccount(deps.table, account.accountId);
  if (own.identities?.[body.provider]) throw new Problem('ALREADY_LINKED');
  await requirePassword(deps.table, own, body.password, now);
  const { accountId: subject } = account;
  return begin(request, deps, { ...account, sessionVersion: own.sessionVersion }, [
    stillSignedIn(account, own, now),
    charged({ limit: 'link', subject }, now),
  ]);
}

async function begin(
  {
    body: { provider, redirectUri },
    locale,
    now,
  }: Pick<RouteRequest<Routes['beginSocialSignIn']>, 'body' | 'locale' | 'now'>,
  { table, social, environment }: Deps,
  linking: Pick<SocialSignInItem, 'accountId' | 'sessionId' | 'sessionVersion'> = {},
  may?: Part,
) {
  if (!(environment.ALLOWED_REDIRECTS ?? '').split(',').includes(redirectUri)) {
    const reason = catalogOf(locale).fields.redirectUri;
    throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/redirectUri', reason }] });
  }
  const ticket = newSecret();
  const authorizationUrl = await social.addressOf(provider, { ...stepOf(ticket), redirectUri });
  if (!authorizationUrl) throw new Problem('NOT_FOUND');
  const expiresAt = ttl(now) + limits.socialSignInSeconds;
  const answer = { body: { authorizationUrl, ticket, expiresAt: iso(expiresAt * 1000) } };
  await table.commit(
    [may, create('SocialSignIn', { hash: fingerprint(ticket), provider, redirectUri, ...linking }, { expiresAt })],
    answer,
  );
  return answer;
}

/**
 * The step is used up before the provider is asked: no number of requests at once, and no second try with another code,
 * gets any further. Whoever loses the answer repeats it with their Idempotency-Key, or signs in again.
 */
export async function completeSocialSignIn(
  request: RouteRequest<Routes['completeSocialSignIn']>,
  deps: Deps,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  const { body, locale, now } = request;
  const { table, social } = deps;
  const unused = allOf(absent('usedAt'), above('expiresAt', now / 1000));
  const use = patch('SocialSignIn', { hash: fingerprint(body.ticket) }, { set: { usedAt: iso(now) } }, unused);
  const begun = await table.change(use);
  if (!begun) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const { provider, redirectUri } = begun;
  const person = await social.personOf(provider, { ...stepOf(body.ticket), redirectUri }, body.query);

  const ofPerson = { identity: ref('Identity', { provider, subject: person.subject }) };
  const { identity, credential } =
    person.email === undefined
      ? { ...(await table.getAll(ofPerson)), credential: undefined }
      : await table.getAll({ ...ofPerson, credential: credentialRef(person.email) });
  const outcome = outcomeOf({
    linking: begun.accountId,
    owner: identity?.accountId,
    ofEmail: credential?.accountId,
    emailVerified: person.emailVerified,
  });
  switch (outcome.to) {
    case 'REFUSE': {
      const reason = catalogOf(locale).providers[provider];
      throw new Problem(outcome.problem, { errors: [{ pointer: '/provider', reason }] });
    }
    case 'SIGN_UP':
      return offerSignUp(table, provider, person, now);
    case 'STAY_LINKED':
      return { body: { status: 'LINKED', provider } };
    case 'LINK':
      return link(table, begun, person, now);
    default:
      return enter(request, deps, outcome.accountId, outcome.to === 'SIGN_IN' ? undefined : { provider, person });
  }
}

/** Nobody yet: no account is made without a nickname, only the right to make one. */
async function offerSignUp(
  table: Table,
  provider: ProviderName,
  { subject, email, emailVerified }: SocialPerson,
  now: number,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  const ticket = newSecret();
  const expiresAt = ttl(now) + limits.ticketSeconds.SOCIAL;
  const vouched = emailVerified && email !== undefined ? { email } : {};
  const data = { hash: fingerprint(ticket), purpose: 'SOCIAL', provider, subject, ...vouched } as const;
  const answer = {
    body: { status: 'UNCOMPLETED' as const, ticket, expiresAt: iso(expiresAt * 1000), email: vouched.email ?? null },
  };
  await table.commit([create('Ticket', data, { expiresAt })], answer);
  return answer;
}

/** A way in for the account that began it, if it is still signed in as it was then: a sign-out or a new password ends this too. */
async function link(
  table: Table,
  { provider, accountId = '', sessionId = '', sessionVersion }: SocialSignInItem,
  person: SocialPerson,
  now: number,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  const account = await table.get('Account', { accountId });
  if (!isActive(account)) throw entryRefusal(account);
  if (account.sessionVersion !== sessionVersion) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const answer = { body: { status: 'LINKED' as const, provider } };
  const alive = { ...stillInSession({ accountId, sessionId }, account, now), or: 'SOCIAL_SIGN_IN_INVALID' as const };
  await table.commit([linkWrites(account, provider, person, now), alive], answer);
  return answer;
}

/** A session for the account; a new way into it goes along in the same transaction. */
async function enter(
  { body: { device, keep }, now }: RouteRequest<Routes['completeSocialSignIn']>,
  { table, signingKeys }: Deps,
  accountId: string,
  added: { readonly provider: ProviderName; readonly person: SocialPerson } | undefined,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  const account = await table.get('Account', { accountId });
  if (!isActive(account)) throw entryRefusal(account);
  const key = await signingKeys.current();
  const { sessionVersion, email } = account;
  const deviceToken = deviceTokenOf(key, email ?? accountId, newSecret());
  const opened = await openSession(key, { accountId, sessionVersion, device, deviceToken, keep }, now);
  const { body: session, ...rest } = opened.answer;
  const answer = { body: { status: 'SIGNED_IN' as const, session }, ...rest };
  const links = added && linkWrites(account, added.provider, added.person, now);
  const mayEnter = opened.mayEnter.map((write) => ({ ...write, or: entryRefusal as Meaning }));
  await table.commit([links, mayEnter, opened.session], answer);
  return answer;
}

/**
 * Row 7: the ticket, the identity, the nickname, the address, the account and its first session, or none of them. The same
 * holds for the application to a club (row 13).
 */
export async function socialSignUp(
  { body, locale: told, now }: RouteRequest<Routes['socialSignUp']>,
  { table, signingKeys, environment }: Deps,
): Promise<Answer<Routes['socialSignUp']>> {
  const { nickname, locale, timeZone, device, keep, club } = body;
  const hash = fingerprint(body.ticket);
  const [ticket, applying] = await Promise.all([
    table.get('Ticket', { hash }),
    club && throughClub(table, club, told, now),
  ]);
  if (ticket?.purpose !== 'SOCIAL' || ticket.expiresAt <= now / 1000) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const { provider, subject, email } = ticket;
  const { account, writes } = accountCreation(
    { nickname, locale, timeZone, email, identities: { [provider]: subject } },
    environment,
    now,
  );
  const { accountId, status, sessionVersion } = account;

  const key = await signingKeys.current();
  const deviceToken = deviceTokenOf(key, email ?? accountId, newSecret());
  const opened = await openSession(key, { accountId, sessionVersion, device, deviceToken, keep }, now);
  const { body: session, ...rest } = opened.answer;
  const mayEnter = isActive(account);
  const answer = {
    body: { accountId, status, session: mayEnter ? session : null },
    location: '/v1/accounts/me',
    ...(mayEnter ? rest : {}),
  };
  await table.commit(
    [
      or('SOCIAL_SIGN_IN_INVALID', remove('Ticket', { hash }, is('purpose', 'SOCIAL'))),
      claim(accountId, provider, { subject, email }, now),
      writes,
      mayEnter && opened.session,
      applying?.(accountId),
    ],
    answer,
  );
  return answer;
}

export async function listIdentities(
  { account: { accountId } }: RouteRequest<Routes['listIdentities']>,
  { table }: Deps,
): Promise<Answer<Routes['listIdentities']>> {
  const items = (await identitiesOf(table, accountId)).map(({ identityId, provider, email = null, linkedAt }) => ({
    id: identityId,
    provider,
    email,
    linkedAt,
  }));
  return { body: { items } };
}

/** The people that an account is linked to, first linked first. */
async function identitiesOf(table: Table, accountId: string): Promise<IdentityItem[]> {
  const linked = Object.entries((await ownAccount(table, accountId)).identities ?? {});
  if (linked.length === 0) return [];
  const references: Record<string, Reference<IdentityItem>> = {};
  for (const [provider, subject] of linked) references[provider] = ref('Identity', { provider, subject });
  const found: Record<string, IdentityItem | undefined> = await table.getAll(references);
  return Object.values(found)
    .flatMap((item) => (item?.accountId === accountId ? [item] : []))
    .sort((a, b) => (a.linkedAt + a.identityId < b.linkedAt + b.identityId ? -1 : 1));
}

/** The claim is given up and the ways in are counted down together, so that two at once never take both of two ways. */
export async function unlinkIdentity(
  { params: { identityId }, account: { accountId } }: RouteRequest<Routes['unlinkIdentity']>,
  { table }: Deps,
): Promise<Answer<Routes['unlinkIdentity']>> {
  const found = (await identitiesOf(table, accountId)).find((each) => each.identityId === identityId);
  if (!found) throw new Problem('NOT_FOUND');
  const { provider, subject } = found;
  const path = `identities.${provider}` as const;
  await table.commit([
    or(
      // Where the identity is gone, somebody else was faster.
      (left) => (left?.identities?.[provider] === subject ? 'LAST_WAY_IN' : 'NOT_FOUND'),
      patch(
        'Account',
        { accountId },
        { remove: [path], add: { waysIn: -1, version: 1 } },
        allOf(is(path, subject), above('waysIn', 1)),
      ),
    ),
    or('NOT_FOUND', remove('Identity', { provider, subject }, is('identityId', identityId))),
  ]);
  return noContent;
}
