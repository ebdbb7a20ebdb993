import { administratorRef } from '../../../shared/access/access.ts';
import { activeAccount, activeAuthority, isActive } from '../../../shared/access/accounts.ts';
import { proved, waysOf } from '../../../shared/access/proof.ts';
import { stillInSession, stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newSecret } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import type { Meaning } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { check, create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { throughClub } from '../../groups/clubs/applying.ts';
import { accountCreation } from '../accounts/creation.ts';
import { credentialRef } from '../accounts/credentials.ts';
import { knownDevice, newDeviceToken } from '../accounts/known-device.ts';
import type { ProviderName } from '../accounts/values.ts';
import { toldOfWay } from '../factors/service.ts';
import { openSession } from '../sessions/service.ts';
import type { contract } from './contract.ts';
import type { IdentityItem, SocialSignInItem } from './items.ts';
import { claim, entryRefusal, linkByAddress, linkWrites, refusal } from './linking.ts';
import { identitiesOf } from './own.ts';
import { outcomeOf, stepOf } from './rules.ts';
import type { Social, SocialPerson } from './social.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & {
  readonly sessionKeys: SigningKeys;
  readonly deviceKeys: SigningKeys;
  readonly social: Social<ProviderName>;
};

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

/** As strong a change as a new password, so it needs a fresh proof. */
export async function beginLinking(
  request: RouteRequest<Routes['beginLinking']>,
  deps: Deps,
): Promise<Answer<Routes['beginLinking']>> {
  const { body, account, now } = request;
  const own = activeAuthority(await deps.table.get('Authority', { accountId: account.accountId }));
  if (own.identities?.[body.provider]) throw new Problem('ALREADY_LINKED');
  return begin(request, deps, { ...account, sessionVersion: own.sessionVersion }, [
    stillSignedIn(account, own, now),
    charged({ limit: 'link', subject: account.accountId }, now),
  ]);
}

/** The provider asks the person again, whatever it remembers of them. */
export async function beginProof(
  request: RouteRequest<Routes['beginProof']>,
  deps: Deps,
): Promise<Answer<Routes['beginProof']>> {
  const { body, account, now } = request;
  const own = activeAuthority(await deps.table.get('Authority', { accountId: account.accountId }));
  if (!own.identities?.[body.provider]) throw new Problem('NOT_FOUND');
  const { sessionVersion } = own;
  return begin(request, deps, { ...account, sessionVersion, proves: true }, [
    stillSignedIn(account, own, now),
    charged({ limit: 'link', subject: account.accountId }, now),
  ]);
}

async function begin(
  {
    body: { provider, redirectUri },
    locale,
    now,
  }: Pick<RouteRequest<Routes['beginSocialSignIn']>, 'body' | 'locale' | 'now'>,
  { table, social, environment }: Deps,
  begun: Pick<SocialSignInItem, 'accountId' | 'sessionId' | 'sessionVersion' | 'proves'> = {},
  may?: Part,
) {
  if (!(environment.ALLOWED_REDIRECTS ?? '').split(',').includes(redirectUri)) {
    const reason = catalogOf(locale).fields.redirectUri;
    throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/redirectUri', reason }] });
  }
  const ticket = newSecret();
  const step = { ...stepOf(ticket), redirectUri, asksAgain: begun.proves === true };
  const authorizationUrl = await social.addressOf(provider, step);
  if (!authorizationUrl) throw new Problem('NOT_FOUND');
  const expiresAt = ttl(now) + limits.socialSignInSeconds;
  const answer = { body: { authorizationUrl, ticket, expiresAt: iso(expiresAt * 1000) } };
  await table.commit(
    [may, create('SocialSignIn', { hash: fingerprint(ticket), provider, redirectUri, ...begun }, { expiresAt })],
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
  const { body, locale, now, note } = request;
  const { table, social } = deps;
  const unused = allOf(absent('usedAt'), above('expiresAt', now / 1000));
  const use = patch('SocialSignIn', { hash: fingerprint(body.ticket) }, { set: { usedAt: iso(now) } }, unused);
  const begun = await table.change(use);
  if (!begun) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const { provider, redirectUri } = begun;
  note({ account: begun.accountId, session: begun.sessionId, detail: provider });
  const step = { ...stepOf(body.ticket), redirectUri, asksAgain: begun.proves === true };
  const person = await social.personOf(provider, step, body.query);

  const ofPerson = { identity: ref('Identity', { provider, subject: person.subject }) };
  const { identity, credential } =
    person.email === undefined
      ? { ...(await table.getAll(ofPerson)), credential: undefined }
      : await table.getAll({ ...ofPerson, credential: credentialRef(person.email) });
  const outcome = outcomeOf({
    linking: begun.accountId,
    proves: begun.proves === true,
    owner: identity?.accountId,
    ofEmail: credential?.accountId,
    emailVerified: person.emailVerified,
  });
  note({ detail: `${provider} ${outcome.to}` });
  switch (outcome.to) {
    case 'REFUSE':
      throw refusal(outcome.problem, provider, locale);
    case 'SIGN_UP':
      return offerSignUp(table, provider, person, now);
    case 'STAY_LINKED':
      return { body: { status: 'LINKED', provider } };
    case 'PROVE':
      return prove(table, begun, now);
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
  const data = { hash: fingerprint(ticket), provider, subject, ...vouched };
  const answer = {
    body: { status: 'UNCOMPLETED' as const, ticket, expiresAt: iso(expiresAt * 1000), email: vouched.email ?? null },
  };
  await table.commit([create('SocialTicket', data, { expiresAt })], answer);
  return answer;
}

/** The session that began it has shown who is there, if it is still alive. */
async function prove(
  table: Table,
  { provider, accountId = '', sessionId = '' }: SocialSignInItem,
  now: number,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  const provedUntil = iso(now + limits.proof.seconds * 1000);
  const answer = { body: { status: 'PROVED' as const, provider, provedUntil } };
  const shown = proved({ accountId, sessionId }, 'OTHER', now);
  await table.commit([{ ...shown, or: 'SOCIAL_SIGN_IN_INVALID' }], answer);
  return answer;
}

/** A way in for the account that began it, if it is still signed in as it was then: a sign-out or a new password ends this too. */
async function link(
  table: Table,
  { provider, accountId = '', sessionId = '', sessionVersion }: SocialSignInItem,
  person: SocialPerson,
  now: number,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  const { account, authority } = await table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
  });
  if (!isActive(authority) || !isActive(account)) throw entryRefusal(authority);
  if (authority.sessionVersion !== sessionVersion) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const answer = { body: { status: 'LINKED' as const, provider } };
  const alive = { ...stillInSession({ accountId, sessionId }, authority, now), or: 'SOCIAL_SIGN_IN_INVALID' as const };
  await table.commit([linkWrites(account, authority, provider, person, now), alive], answer);
  return answer;
}

/** A session for the account; a new way into it goes along in the same transaction. */
async function enter(
  { body, locale, now, note }: RouteRequest<Routes['completeSocialSignIn']>,
  { table, sessionKeys, deviceKeys }: Deps,
  accountId: string,
  added: { readonly provider: ProviderName; readonly person: SocialPerson } | undefined,
): Promise<Answer<Routes['completeSocialSignIn']>> {
  note({ account: accountId });
  const { device, keep } = body;
  const { account, authority, factors, administrator } = await table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
    factors: ref('Factors', { accountId }),
    administrator: administratorRef(accountId),
  });
  if (!isActive(authority) || !isActive(account)) throw entryRefusal(authority);
  const key = await sessionKeys.current();
  const { sessionVersion, email } = authority;
  const login = email ?? accountId;
  const known = await knownDevice(deviceKeys, login, body.deviceToken);
  const deviceToken = known ? body.deviceToken : await newDeviceToken(deviceKeys, login);
  // A provider may have signed the person in from memory, so this proves something only where nothing else could.
  const isProof = waysOf(authority, factors).length === 0;
  const opening = { accountId, sessionVersion, device, deviceToken, keep, isNewDevice: !known } as const;
  const how = { openedBy: 'PROVIDER', isProof, isFactor: false, administers: administrator !== undefined } as const;
  const opened = await openSession(key, { ...opening, ...how }, now);
  note({ session: opened.sessionId });
  const { body: session, ...rest } = opened.answer;
  const answer = { body: { status: 'SIGNED_IN' as const, session }, ...rest };
  const links = added && linkByAddress({ account, authority, locale }, added.provider, added.person, now);
  const mayEnter = opened.mayEnter.map((write) => ({ ...write, or: entryRefusal as Meaning }));
  await table.commit([links, mayEnter, opened.session], answer);
  return answer;
}

/**
 * Row 7: the ticket, the identity, the nickname, the address, the account and its first session, or none of them. The same
 * holds for the application to a club (row 13).
 */
export async function socialSignUp(
  { body, locale: told, now, note }: RouteRequest<Routes['socialSignUp']>,
  { table, sessionKeys, deviceKeys, environment }: Deps,
): Promise<Answer<Routes['socialSignUp']>> {
  const { nickname, locale, timeZone, device, keep, club } = body;
  const hash = fingerprint(body.ticket);
  const [ticket, applying] = await Promise.all([
    table.get('SocialTicket', { hash }),
    club && throughClub(table, club, told, now),
  ]);
  if (!ticket || ticket.expiresAt <= now / 1000) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const { provider, subject, email } = ticket;
  const { authority, writes } = accountCreation(
    { nickname, locale, timeZone, email, identities: { [provider]: subject } },
    environment,
    now,
  );
  const { accountId, status, sessionVersion } = authority;

  const key = await sessionKeys.current();
  const deviceToken = await newDeviceToken(deviceKeys, email ?? accountId);
  const opening = { accountId, sessionVersion, device, deviceToken, keep, isNewDevice: false } as const;
  const how = { openedBy: 'PROVIDER', isProof: true, isFactor: false, administers: false } as const;
  const opened = await openSession(key, { ...opening, ...how }, now);
  const { body: session, ...rest } = opened.answer;
  const mayEnter = isActive(authority);
  note({ account: accountId, session: mayEnter ? opened.sessionId : undefined, detail: provider });
  const answer = {
    body: { accountId, status, session: mayEnter ? session : null },
    location: '/v1/accounts/me',
    ...(mayEnter ? rest : {}),
  };
  await table.commit(
    [
      or('SOCIAL_SIGN_IN_INVALID', remove('SocialTicket', { hash })),
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
  const items = (await inOrder(table, accountId)).map(({ identityId, provider, email = null, linkedAt }) => ({
    id: identityId,
    provider,
    email,
    linkedAt,
  }));
  return { body: { items } };
}

/** The people that an account is linked to, first linked first. */
async function inOrder(table: Table, accountId: string): Promise<IdentityItem[]> {
  const found = await identitiesOf(table, activeAuthority(await table.get('Authority', { accountId })));
  return found.sort((a, b) => (a.linkedAt + a.identityId < b.linkedAt + b.identityId ? -1 : 1));
}

/**
 * The claim is given up and the ways in are counted down together, so that two at once never take both of two ways. Without a
 * password and another identity, a passkey must be left.
 */
export async function unlinkIdentity(
  { params: { identityId }, account: who, now }: RouteRequest<Routes['unlinkIdentity']>,
  { table }: Deps,
): Promise<Answer<Routes['unlinkIdentity']>> {
  const { accountId } = who;
  const { account, authority, factors } = await table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
    factors: ref('Factors', { accountId }),
  });
  const own = activeAccount(account);
  const linked = await identitiesOf(table, activeAuthority(authority));
  const found = linked.find((each) => each.identityId === identityId);
  if (!found) throw new Problem('NOT_FOUND');
  const { provider, subject } = found;
  const path = `identities.${provider}` as const;
  const hasPasskey = (factors?.passkeyCount ?? 0) > 0;
  await table.commit([
    or(
      // Where the identity is gone, somebody else was faster.
      (left) => (left?.identities?.[provider] === subject ? 'LAST_WAY_IN' : 'NOT_FOUND'),
      patch(
        'Authority',
        { accountId },
        { remove: [path], add: { waysIn: -1, version: 1 } },
        allOf(is(path, subject), above('waysIn', hasPasskey ? 0 : 1)),
      ),
    ),
    hasPasskey && or('LAST_WAY_IN', check('Factors', { accountId }, above('passkeyCount', 0))),
    or('NOT_FOUND', remove('Identity', { provider, subject }, is('identityId', identityId))),
    toldOfWay('WAY_REMOVED', own, { IDENTITY: catalogOf(own.locale).providers[provider] }, now),
  ]);
  return noContent;
}
