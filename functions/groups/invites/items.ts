import { kind } from '../../../shared/data/kind.ts';

/** The code of a group, as its leader sees it. */
export interface InviteItem {
  readonly groupId: string;
  readonly code: string;
  /** The hash of the code, by which its claim is found. */
  readonly hash: string;
  /** Goes up with each code: links carry it, and die with their code. */
  readonly generation: number;
  /** What seals the links of this code. */
  readonly linkSecret: string;
  readonly renewedAt: string;
}

/** The group that a code leads to, by the code's hash. */
export interface InviteCodeItem {
  readonly hash: string;
  readonly groupId: string;
}

export const items = {
  Invite: kind<InviteItem>()({
    about: 'the code that leads into a group, for its leader to see again',
    pk: 'INVITES#{groupId}',
    sk: 'INVITE',
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
    secret: ['code', 'hash', 'linkSecret'],
  }),
  InviteCode: kind<InviteCodeItem>()({
    about: 'claim of a code that leads into a group, by its hash',
    pk: 'INVITE#{hash}',
    sk: 'CODE',
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true, with: 'Invite' } } },
    secret: ['hash'],
  }),
} as const;
