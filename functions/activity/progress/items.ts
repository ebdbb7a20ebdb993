import { kind } from '../../../shared/data/kind.ts';

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

export const items = {
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
