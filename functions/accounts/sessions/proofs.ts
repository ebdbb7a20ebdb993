/** Proof anew (row 162): a session shows again who it is, for what a stolen token alone must not do. */
import { activeAccount } from '../../../shared/access/accounts.ts';
import { proved } from '../../../shared/access/proof.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { verifyPassword } from '../../../shared/core/password.ts';
import { iso } from '../../../shared/core/time.ts';
import { charged } from '../../../shared/data/quota.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import type { Answer, Principal, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { codeOrder, rightCode } from '../accounts/verification.ts';
import { usedCode } from '../factors/totp.ts';
import { ownerOf, shownPasskey } from '../factors/webauthn.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly deviceKeys: SigningKeys; readonly codeKeys: SigningKeys };

/** Codes of a session are its own: nobody else can ask for them, replace them or use up their tries. */
const askerOf = ({ sessionId }: Principal) => fingerprint('session', sessionId).slice(0, 22);

/** Tries are counted for the session before they are judged: those of a thief are not the owner's. */
export async function prove(
  { body, account: who, now, note }: RouteRequest<Routes['prove']>,
  deps: Deps,
): Promise<Answer<Routes['prove']>> {
  const { table } = deps;
  const { accountId, sessionId } = who;
  note({ detail: body.way });
  const [account] = await Promise.all([
    table.get('Account', { accountId }).then(activeAccount),
    table.commit([charged({ limit: 'proof', subject: sessionId }, now)]),
  ]);
  const answer = { body: { provedUntil: iso(now + limits.proof.seconds * 1000) } };
  switch (body.way) {
    case 'PASSWORD': {
      await requireRight(table, account.email, body.password);
      await table.commit([proved(who, 'OTHER', now)], answer);
      return answer;
    }
    case 'PASSKEY': {
      const { factors } = await table.getAll({ factors: ref('Factors', { accountId }) });
      if (ownerOf(body.credential) !== accountId) throw new Problem('PASSKEY_INVALID');
      const shown = await shownPasskey(deps, factors, body.credential, now);
      await table.commit([shown, proved(who, 'FACTOR', now)], answer);
      return answer;
    }
    case 'TOTP': {
      const used = usedCode(await table.get('Totp', { accountId }), body.code, now);
      if (!used) throw new Problem('CODE_INVALID');
      await table.commit([used, proved(who, 'FACTOR', now)], answer);
      return answer;
    }
    default: {
      const { email = '' } = account;
      const asked = { email, purpose: 'PROOF', asker: askerOf(who), code: body.code, request: body.request } as const;
      const { used } = await rightCode({ ...deps, note }, asked, now);
      // The mailbox was shown, so it vouches for everything that leads into the account now (`endedWays`).
      const vouched = upsert('Factors', { accountId }, { set: { vouchedAt: iso(now) } });
      await table.commit([used, proved(who, 'OTHER', now), vouched], answer);
      return answer;
    }
  }
}

async function requireRight(table: Table, email: string | undefined, password: string) {
  const credential = email === undefined ? undefined : await table.get('Credential', { login: email });
  if (!(await verifyPassword(password, credential?.passwordHash))) throw new Problem('PASSWORD_WRONG');
}

export async function requestProofCode(
  { account: who, locale, now, note }: RouteRequest<Routes['requestProofCode']>,
  { table, codeKeys }: Deps,
): Promise<Answer<Routes['requestProofCode']>> {
  note({ detail: 'PROOF' });
  const { email } = activeAccount(await table.get('Account', { accountId: who.accountId }));
  if (email === undefined) throw new Problem('NOT_APPLICABLE');
  const asked = { email, purpose: 'PROOF', asker: askerOf(who), locale } as const;
  const { order, answer } = await codeOrder(codeKeys, asked, now);
  await table.commit([order(0), charged({ limit: 'proofMail', subject: who.sessionId }, now)], answer);
  return answer;
}
