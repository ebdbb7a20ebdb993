import { fingerprint } from '../../../shared/core/ids.ts';
import { is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { create, remove, type Write } from '../../../shared/data/writes.ts';
import type { InviteItem } from './items.ts';

export const inviteRef = (groupId: string) => ref('Invite', { groupId });
export const codeHash = (code: string) => fingerprint('invite', code);

/** The writes that put a code in the place of the one before, which leads nowhere from then on. */
export const renewed = (before: InviteItem | undefined, after: InviteItem): Write[] => [
  ...or(overtaken, create('Invite', after, before ? { orWhen: is('generation', before.generation) } : {})),
  ...or(overtaken, create('InviteCode', { hash: after.hash, groupId: after.groupId })),
  ...or(overtaken, before && remove('InviteCode', { hash: before.hash })),
];
