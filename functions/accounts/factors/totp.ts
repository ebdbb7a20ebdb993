/** Codes of an authenticator app (RFC 6238), and recovery codes in their place. Each works once. */
import { fingerprint, newCode } from '../../../shared/core/ids.ts';
import { below, exists } from '../../../shared/data/conditions.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { stepOf } from '../../../shared/product/totp.ts';
import type { TotpItem } from './items.ts';
import { shown, typed } from './rules.ts';

const recoveryHash = (accountId: string, code: string) => fingerprint('recovery', accountId, code);

/** New recovery codes: 120 random bits each. From 112 on a fingerprint is enough to keep (ASVS 6.5.2). */
export function newRecoveryCodes(accountId: string) {
  const codes = Array.from({ length: limits.recoveryCodes }, () => newCode().slice(0, 24));
  const recovery = Object.fromEntries(codes.map((code) => [recoveryHash(accountId, code), true as const]));
  return { codes: codes.map(shown), recovery };
}

/**
 * The write that uses a code up; undefined if the code is wrong. Refused as CODE_INVALID if it was used meanwhile: a code of a
 * time step works once, and so does a recovery code.
 *
 * @param now milliseconds since 1970
 */
export function usedCode(totp: TotpItem | undefined, code: string, now: number): Write[] | undefined {
  if (totp?.confirmedAt === undefined) return undefined;
  const { accountId, secret, lastStep, recovery } = totp;
  const text = typed(code);
  if (/^\d{6}$/.test(text)) {
    const step = stepOf(secret, text, now);
    if (step === undefined || step <= lastStep) return undefined;
    return or('CODE_INVALID', patch('Totp', { accountId }, { set: { lastStep: step } }, below('lastStep', step)));
  }
  const hash = recoveryHash(accountId, text);
  if (!recovery[hash]) return undefined;
  const path = `recovery.${hash}` as const;
  return or('CODE_INVALID', patch('Totp', { accountId }, { remove: [path] }, exists(path)));
}
