/** Decisions about passkeys and codes, without I/O. */
import { isId } from '../../../shared/core/ids.ts';

/** The name that authenticators keep for an account: its id as 16 bytes. It says nothing about the person. */
export const userHandleOf = (accountId: string): Uint8Array => Buffer.from(accountId.replaceAll('-', ''), 'hex');

/** The account that a name in base64url stands for; undefined if it is none. */
export function accountIdOf(userHandle: string | undefined): string | undefined {
  const hex = Buffer.from(userHandle ?? '', 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isId(id) ? id : undefined;
}

/** A code as people type it: digits of an app, or a recovery code. Spaces, hyphens and case do not matter. */
export const typed = (code: string) => code.replace(/[\s-]/g, '').toUpperCase();

/** A recovery code as people see it: in groups of four. */
export const shown = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-');

/** Something that leads into an account, with the instant at which it was added. */
export interface WayIn {
  readonly addedAt: string;
}

/**
 * Whether a reset by mail ends a way in: it was added after the mailbox last vouched for the account (row 162). Instants are
 * ISO 8601 in UTC, so their texts compare.
 */
export const isUnvouched = ({ addedAt }: WayIn, vouchedAt: string) => addedAt > vouchedAt;
