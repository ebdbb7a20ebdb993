import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../../shared/core/ids.ts';

/** An invite link: into which group, by which of its codes, until when (seconds since 1970). */
export interface Invitation {
  readonly groupId: string;
  readonly generation: number;
  readonly expiresAt: number;
}

/**
 * The token of a link: what it says, and a seal that only moim can make.
 *
 * @param secret the `linkSecret` of the code that the link lives and dies with
 */
export function tokenOf(secret: string, invitation: Invitation): string {
  const { groupId, generation, expiresAt } = invitation;
  return [groupId, generation, expiresAt, sealOf(secret, invitation)].join('.');
}

interface SealedInvitation extends Invitation {
  readonly seal: string;
}

/** The parts of a token; undefined if it is none. Whether they are true, its seal says. */
export function readToken(token: string): SealedInvitation | undefined {
  const parts = /^([0-9a-f-]{36})\.(\d{1,9})\.(\d{1,11})\.([\w-]{43})$/.exec(token);
  if (!parts || !isId(parts[1]!)) return undefined;
  const [, groupId = '', generation, expiresAt, seal = ''] = parts;
  return { groupId, generation: Number(generation), expiresAt: Number(expiresAt), seal };
}

/** Whether moim has made a token, and it has not expired. */
export const isGood = (secret: string, invitation: SealedInvitation, now: number) =>
  timingSafeEqual(Buffer.from(invitation.seal), Buffer.from(sealOf(secret, invitation))) &&
  invitation.expiresAt > now / 1000;

const sealOf = (secret: string, { groupId, generation, expiresAt }: Invitation) =>
  createHmac('sha256', secret).update(`${groupId}:${generation}:${expiresAt}`).digest('base64url');
