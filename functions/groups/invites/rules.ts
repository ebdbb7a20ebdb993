import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../../shared/core/ids.ts';

interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** An invite link: into which group, by which of its codes, until when (seconds since 1970). */
export interface Invitation {
  readonly groupId: string;
  readonly generation: number;
  readonly expiresAt: number;
}

/** The token of a link: what it says, and a seal that only moim can make. */
export function tokenOf(key: Key, invitation: Invitation): string {
  const { groupId, generation, expiresAt } = invitation;
  return [groupId, generation, expiresAt, key.id, sealOf(key, invitation)].join('.');
}

interface SealedInvitation extends Invitation {
  readonly keyId: string;
  readonly seal: string;
}

/** The parts of a token; undefined if it is none. Whether they are true, its seal says. */
export function readToken(token: string): SealedInvitation | undefined {
  const parts = /^([0-9a-f-]{36})\.(\d{1,9})\.(\d{1,11})\.([\w-]{12})\.([\w-]{43})$/.exec(token);
  if (!parts || !isId(parts[1]!)) return undefined;
  const [, groupId = '', generation, expiresAt, keyId = '', seal = ''] = parts;
  return { groupId, generation: Number(generation), expiresAt: Number(expiresAt), keyId, seal };
}

/** Whether moim has made a token, and it has not expired. */
export const isGood = (key: Key, invitation: SealedInvitation, now: number) =>
  timingSafeEqual(Buffer.from(invitation.seal), Buffer.from(sealOf(key, invitation))) &&
  invitation.expiresAt > now / 1000;

const sealOf = (key: Key, { groupId, generation, expiresAt }: Invitation) =>
  createHmac('sha256', key.bytes).update(`invite:${groupId}:${generation}:${expiresAt}`).digest('base64url');
