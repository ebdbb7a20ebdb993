/** Undoing a change of address (row 162): the old address can, for some days, whatever was done to the account since. */

import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newSecret } from '../../../shared/core/ids.ts';
import { hashPassword } from '../../../shared/core/password.ts';
import { daySeconds, iso, ttl } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { contract } from './contract.ts';
import { claimEmail, hasPassword } from './credentials.ts';
import type { LivingAccount } from './items.ts';
import { newDeviceToken } from './known-device.ts';
import { requireAllowed } from './passwords.ts';
import { recovered, recoveryMail } from './recovery.ts';
import { isUndone, withUndone } from './rules.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly deviceKeys: SigningKeys };

/** The right to undo a change of address, and the mail that brings it to the old one. @param site that the mail leads to */
export function undoable(
  { accountId, locale }: LivingAccount,
  old: string,
  vouchedAt: string,
  site: string,
  now: number,
): Part {
  const secret = newSecret();
  const values = { link: `${site}/undo-email#${secret}`, days: String(limits.undoEmailDays) };
  const right = { hash: fingerprint(secret), accountId, email: old, movedAt: iso(now), vouchedAt };
  return [
    create('EmailUndo', right, { expiresAt: ttl(now) + limits.undoEmailDays * daySeconds }),
    mailOrder(now, { to: old, template: 'EMAIL_CHANGED', locale, values }),
  ];
}

/**
 * The address is back, a new password is set, and every way in that was added since before the change has ended, with all
 * sessions. Rights to undo changes that came after it are void: a thief's own address may have one. Those of changes before it
 * stay: whoever had the account first has it last.
 */
export async function undoEmail(
  { body, locale, now, note }: RouteRequest<Routes['undoEmail']>,
  { table, deviceKeys }: Deps,
): Promise<Answer<Routes['undoEmail']>> {
  const hash = fingerprint(body.ticket);
  const right = await table.get('EmailUndo', { hash });
  if (!right || right.expiresAt <= now / 1000) throw new Problem('TICKET_INVALID');
  const { accountId, email, vouchedAt, movedAt } = right;
  note({ account: accountId, detail: 'UNDONE' });
  const { account, authority, factors } = await table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
    factors: ref('Factors', { accountId }),
  });
  const undone = factors?.emailsUndone ?? [];
  const isVoid = isUndone(undone, movedAt);
  if (!account?.nickname || !authority?.email || authority.email === email || isVoid)
    throw new Problem('TICKET_INVALID');
  const { loginId, nickname } = account;
  const { email: present, sessionVersion: before } = authority;
  requireAllowed(body.password, { email, loginId, nickname }, locale);

  const answer = { body: { deviceToken: await newDeviceToken(deviceKeys, email) } };
  const passwordHash = await hashPassword(body.password);
  const sessionVersion = before + 1;
  const unchanged = is('sessionVersion', before);
  const ways = await recovered(
    table,
    { account, authority, factors },
    { since: vouchedAt, at: iso(now), emailsUndone: withUndone(undone, movedAt, now) },
  );
  const claimed = { passwordHash, sessionVersion };
  const add = { version: 1, ...(hasPassword(authority) ? {} : { waysIn: 1 }) };
  await table.commit(
    [
      or('TICKET_INVALID', remove('EmailUndo', { hash })),
      claimEmail({ accountId, email, loginId, ...claimed }),
      or(
        overtaken,
        remove('Credential', { login: present }, is('accountId', accountId)),
        loginId !== undefined && patch('Credential', { login: loginId }, { set: { email, ...claimed } }),
        patch('Authority', { accountId }, { set: { email, sessionVersion }, add }, unchanged),
        patch('Account', { accountId }, { set: { email }, add: { version: 1 } }),
      ),
      ways.writes,
      recoveryMail(email, account, ways, now),
    ],
    answer,
  );
  return answer;
}
