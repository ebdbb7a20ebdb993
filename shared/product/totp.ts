/** Codes that follow from a secret and the time (RFC 6238): of authenticator apps, and of meetings. */
import { Secret, TOTP } from 'otpauth';
import { limits } from './limits.ts';

const { digits, stepSeconds: period, stepsAround: window } = limits.totp;
const generatorOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'moim', label, algorithm: 'SHA1', digits, period, secret: Secret.fromBase32(secret) });

/** Milliseconds of a time step. */
export const stepMs = period * 1000;

/** A new secret in base32: 160 bits, the length of SHA-1's key (RFC 4226). */
export const newTotpSecret = () => new Secret({ size: 20 }).base32;

/** The address that authenticator apps read from a QR code. */
export const addressOf = (secret: string, label: string) => generatorOf(secret, label).toString();

/**
 * The time step that a code belongs to, if it is one of the present, or of the step before or after; else undefined.
 *
 * @param now milliseconds since 1970
 */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const delta = generatorOf(secret).validate({ token: code, timestamp: now, window });
  return delta === null ? undefined : Math.floor(now / stepMs) + delta;
}

/** The code of a time step: 6 digits. */
export const codeOf = (secret: string, step: number) => generatorOf(secret).generate({ timestamp: step * stepMs });
