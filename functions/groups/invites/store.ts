import { fingerprint } from '../../../shared/core/ids.ts';
import { is } from '../../../shared/data/conditions.ts';
import { ref } from '../../../shared/data/table.ts';
import { create, remove, type Write } from '../../../shared/data/writes.ts';

/** The code of a group, as its leader sees it. */
export interface InviteItem {
  readonly groupId: string;
  readonly code: string;
  /** Goes up with each code: links carry it, and die with their code. */
  readonly generation: number;
  readonly renewedAt: string;
}

/** What a code leads to, by its hash. */
export interface InviteCodeItem {
  readonly hash: string;
  readonly groupId: string;
}

export const inviteRef = (groupId: string) => ref<InviteItem>('Invite', { groupId });
export const codeHash = (code: string) => fingerprint('invite', code);

/** The writes that put a code in the place of the one before, which leads nowhere from then on. */
export const renewed = (
  before: InviteItem | undefined,
  after: InviteItem,
): Record<'invite' | 'code' | 'old', Write | undefined> => ({
  invite: create('Invite', { ...after }, before ? { orWhen: is('generation', before.generation) } : {}),
  code: create('InviteCode', { hash: codeHash(after.code), groupId: after.groupId }),
  old: before ? remove('InviteCode', { hash: codeHash(before.code) }) : undefined,
});
