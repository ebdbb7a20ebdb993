import { createHmac, timingSafeEqual } from 'node:crypto';
import { limits } from '../../shared/core/limits.ts';

/**
 * The code that belongs to a verification (row 1). It is derived and stored nowhere: a hash of six digits would be
 * guessed in a second, an HMAC cannot be without the key.
 */
export function codeOf(key: Uint8Array, verificationId: string, email: string): string {
  const digest = createHmac('sha256', key).update(`email-code:${verificationId}:${email}`).digest();
  const number = digest.readUIntBE(0, 6) % 10 ** limits.emailCode.digits;
  return String(number).padStart(limits.emailCode.digits, '0');
}

/** Compares two codes of equal length in a time that tells nothing. */
export const codesEqual = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Row 4: 8-64 printable ASCII characters without space, with a letter, a digit and a special character, not containing
 * the nickname or the local part of the address (where those are long enough to mean anything).
 */
export function passwordAllowed(password: string, own: { email: string; nickname: string }): boolean {
  const { min, max } = limits.password;
  if (password.length < min || password.length > max) return false;
  if (!/^[\x21-\x7e]+$/.test(password)) return false;
  if (!/[a-z]/i.test(password) || !/\d/.test(password) || !/[^a-z\d]/i.test(password)) return false;
  const lower = password.toLowerCase();
  const personal = [own.email, own.email.replace(/@.*$/, ''), own.nickname.toLowerCase()];
  return personal.every((part) => part.length < 3 || !lower.includes(part));
}

/** What a nickname is claimed by: without case, in one Unicode form, so that look-alikes by case are one name (row 5). */
export const nicknameClaim = (nickname: string) => nickname.normalize('NFKC').toLowerCase();
