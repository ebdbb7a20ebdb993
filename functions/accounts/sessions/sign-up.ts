import { isActive } from '../../../shared/access/accounts.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { hashPassword } from '../../../shared/core/password.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { throughClub } from '../../groups/clubs/applying.ts';
import { accountCreation, accountView } from '../accounts/creation.ts';
import { knownDevice, newDeviceToken } from '../accounts/known-device.ts';
import { requireAllowed } from '../accounts/passwords.ts';
import { ticketFor } from '../accounts/verification.ts';
import type { contract } from './contract.ts';
import { openSession } from './service.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly sessionKeys: SigningKeys; readonly deviceKeys: SigningKeys };

/**
 * Rows 3-6: the address, the login id, the nickname and the ticket are taken in one transaction with the account and its
 * first session. So is the application to a club (row 13). An account that waits for approval gets no session.
 */
export async function signUp(
  { body, locale, now, note }: RouteRequest<Routes['signUp']>,
  { table, environment, sessionKeys, deviceKeys }: Deps,
): Promise<Answer<Routes['signUp']>> {
  const { password, ticket, club, device, deviceToken: shown, keep, ...person } = body;
  const [{ email, used }, applying] = await Promise.all([
    ticketFor(table, ticket, 'REGISTER', now),
    club && throughClub(table, club, locale, now),
  ]);
  requireAllowed(password, { email, ...person }, locale);
  const passwordHash = await hashPassword(password);
  const { account, authority, writes } = accountCreation({ ...person, email, passwordHash }, environment, now);

  const { accountId, sessionVersion } = authority;
  // The address may have had an account before, on this very device.
  const isKnown = await knownDevice(deviceKeys, email, shown);
  const deviceToken = isKnown ? shown : await newDeviceToken(deviceKeys, email);
  const opening = { accountId, sessionVersion, device, deviceToken, keep, isNewDevice: false } as const;
  const how = { openedBy: 'PASSWORD', isProof: true, isFactor: false, administers: false } as const;
  const opened = await openSession(await sessionKeys.current(), { ...opening, ...how }, now);
  const { body: session, ...rest } = opened.answer;
  const mayEnter = isActive(authority);
  note({ account: accountId, session: mayEnter ? opened.sessionId : undefined });
  const answer = {
    body: { ...accountView(account, authority), session: mayEnter ? session : null },
    location: '/v1/accounts/me',
    version: account.version,
    ...(mayEnter ? rest : {}),
  };
  await table.commit([used, writes, mayEnter && opened.session, applying?.(accountId)], answer);
  return answer;
}
