/** Proof anew (row 162): a session shows again who it is, for what a stolen token alone must not do. */
import { activeAccount } from '../../../shared/access/accounts.ts';
import { proved } from '../../../shared/access/proof.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { verifyPassword } from '../../../shared/core/password.ts';
import { iso } from '../../../shared/core/time.ts';
import { charged, unspent } from '../../../shared/data/quota.ts';
import { ref } from '../../../shared/data/table.ts';
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

/**
 * Wrong guesses are counted for the session: the tries of a thief are not the owner's. A right one is told only while the count
 * is not used up. A signature cannot be guessed, and a code by mail counts its own tries.
 */
export async function prove(
  { body, account: who, now, note }: RouteRequest<Routes['prove']>,
  deps: Deps,
): Promise<Answer<Routes['prove']>> {
  const { table } = deps;
  const { accountId, sessionId } = who;
  note({ detail: body.way });
  const { email = '' } = activeAccount(await table.get('Account', { accountId }));
  const use = { limit: 'proof', subject: sessionId } as const;
  const wrong = async (code: 'PASSWORD_WRONG' | 'CODE_INVALID') => {
    await table.commit([charged(use, now)]);
    return new Problem(code);
  };
  const answer = { body: { provedUntil: iso(now + limits.proof.seconds * 1000) } };
  switch (body.way) {
    case 'PASSWORD': {
      const credential = email === '' ? undefined : await table.get('Credential', { login: email });
      if (!(await verifyPassword(body.password, credential?.passwordHash))) throw await wrong('PASSWORD_WRONG');
      await table.commit([unspent(use, now), proved(who, 'OTHER', now)], answer);
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
      if (!used) throw await wrong('CODE_INVALID');
      await table.commit([unspent(use, now), used, proved(who, 'FACTOR', now)], answer);
      return answer;
    }
    default: {
      const asked = { email, purpose: 'PROOF', asker: askerOf(who), code: body.code, request: body.request } as const;
      const { used } = await rightCode({ ...deps, note }, asked, now);
      // The mailbox was shown, so it vouches for everything that leads into the account now (`endedWays`).
      const vouched = upsert('Factors', { accountId }, { set: { vouchedAt: iso(now) } });
      await table.commit([used, proved(who, 'OTHER', now), vouched], answer);
      return answer;
    }
  }
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
