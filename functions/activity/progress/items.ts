import { kind } from '../../../shared/data/kind.ts';
import type { PictureSubject } from './values.ts';

/**
 * What a member has done, as boards need it. It follows memberships and weeks of missions by the stream, so it may lag. A week
 * of a mission is `week {missionId} {week}`: how often it was written, and its days (`packed-rules.ts`). It only moves forward.
 */
export interface ProgressItem {
  readonly groupId: string;
  readonly accountId: string;
  /** When the member came in; absent while they are not in the group. */
  readonly joinedAt?: string;
  /** As the membership has it. */
  readonly excused?: string;
  readonly quotas?: string;
  /** How often the membership's part was written. */
  readonly n?: number;
  readonly [week: `week ${string}`]: string;
}

/** A row of the ledger of a team's points (row 68). What it is for is its key, so nothing counts twice. */
export interface TeamPointItem {
  readonly groupId: string;
  /** `certification {id}`, `once {missionId}`, or `week {missionId} {accountId} {week}` */
  readonly cause: string;
  readonly points: number;
  readonly earnedAt: string;
}

/** The sum of the ledger. */
export interface TeamScoreItem {
  readonly groupId: string;
  readonly points: number;
}

/** A link to a picture of somebody's progress in a group, or of that of the group (row 133). There is one of each. */
export interface ProgressLinkItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly of: PictureSubject;
  /** The secret in the address of the picture. */
  readonly linkId: string;
  /** The hash of the secret, by which its claim is found. */
  readonly hash: string;
  /** Whether the picture names its owner, or a group that not everybody may see. */
  readonly named: boolean;
  readonly createdAt: string;
}

/** The link that a secret belongs to, by the secret's hash. */
export type ProgressPictureItem = Pick<ProgressLinkItem, 'hash' | 'groupId' | 'accountId' | 'of'>;

export const items = {
  ProgressLink: kind<ProgressLinkItem>()({
    about: "a link to a picture of progress, for its maker to see again: somebody's own, or that of their group",
    pk: 'PROGRESSLINKS#{groupId}',
    sk: 'LINK#{accountId}#{of}',
    gsi1: { pk: 'PROGRESS_LINKS_OF#{accountId}', sk: '{groupId}#{of}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'progressLinksIn' } },
      account: { dropped: { pattern: 'progressLinksOf' } },
    },
    archive: { as: 'progressLinks', found: { pattern: 'progressLinksOf' } },
    secret: ['linkId', 'hash'],
    patterns: {
      progressLinksIn: { serves: 'links to pictures of progress in a group' },
      progressLinksOf: { serves: "somebody's links to pictures of progress", index: 'gsi1' },
    },
  }),
  ProgressPicture: kind<ProgressPictureItem>()({
    about: 'claim of a link to a picture of progress, by the hash of its secret',
    pk: 'PROGRESSPICTURE#{hash}',
    sk: 'PICTURE',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { key: true, with: 'ProgressLink' } },
      account: { dropped: { key: true, with: 'ProgressLink' } },
    },
    archive: { not: 'the link, which is in it' },
    secret: ['hash'],
  }),
  Progress: kind<ProgressItem>()({
    about: 'what a member has done of the missions of a group, by week: boards show it',
    pk: 'PROGRESS#{groupId}',
    sk: 'PROGRESS#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { goes: 'with the membership', by: 'followMember (activity/progress/following.ts)' },
      account: { stays: 'days of the certifications, which stay' },
    },
    archive: { not: 'the days of the certifications, which are in it' },
    patterns: {
      progressOfGroup: { serves: 'what all members of a group have done' },
    },
  }),
  TeamPoint: kind<TeamPointItem>()({
    about: 'ledger row: points of a team, and what for',
    pk: 'POINTS#{groupId}',
    sk: 'POINT#{cause}',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'pointsOfTeam' } } },
    patterns: {
      pointsOfTeam: { serves: 'the points of a team' },
    },
  }),
  TeamScore: kind<TeamScoreItem>()({
    about: 'the sum of the points of a team: its level follows from it',
    pk: 'SCORES#{groupId}',
    sk: 'SCORE',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'scoreOfTeam' } } },
    patterns: {
      scoreOfTeam: { serves: 'the points of a team in sum' },
    },
  }),
} as const;
