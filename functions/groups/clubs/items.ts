import { kind } from '../../../shared/data/kind.ts';

/** Row 15. Real names are personal data: an item goes with the membership (`dropProfile`). */
export interface ClubProfileItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly level?: number;
  /** The name of the gym, as the person writes it. */
  readonly homeGym?: string;
  readonly realName?: string;
  readonly modifiedAt: string;
}

export const items = {
  ClubProfile: kind<ClubProfileItem>()({
    about: 'what a member of a club, or an applicant, tells the club: level, home gym, real name',
    pk: 'PROFILES#{groupId}',
    sk: 'PROFILE#{accountId}',
    gsi1: { pk: 'PROFILES_OF#{accountId}', sk: '{modifiedAt}#{groupId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'profilesOfClub' } },
      account: { dropped: { pattern: 'clubProfilesOf' } },
    },
    archive: { as: 'clubProfiles', found: { pattern: 'clubProfilesOf' } },
    patterns: {
      profilesOfClub: { serves: 'every profile in a club' },
      clubProfilesOf: { serves: "somebody's profiles in all clubs, last changed last", index: 'gsi1' },
    },
  }),
} as const;
