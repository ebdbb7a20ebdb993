import * as z from 'zod';
import { because, feature, id, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line, text } from '../../../shared/product/text-fields.ts';

const { level, homeGym, realName } = limits.clubProfile;

/** Row 15: what a person fills in. A field that is left out is not given. */
export const givenProfile = z
  .strictObject({
    level: z.int().min(level.min).max(level.max).optional(),
    homeGym: line({ min: 1, max: homeGym }).optional(),
    realName: line(realName)
      .refine((name) => /^[가-힣]+$/.test(name), because('realName'))
      .optional()
      .meta({ description: 'Two to four Korean syllables. Only members of the club see it', examples: ['김보라'] }),
  })
  .meta({ examples: [{ level: 4, homeGym: 'Rock Valley', realName: '김보라' }] });

/** Row 13: the club that a new account applies to. */
export const clubToJoin = z
  .strictObject({
    groupId: id,
    message: text({ max: limits.application }).default(''),
    profile: givenProfile.optional().meta({ description: 'Must have everything that the club `asks` for' }),
  })
  .meta({
    description:
      'A club to apply to with the new account, in one transaction. The membership is pending until the club decides',
  });

/** Why a club takes no application of a new account. */
export const clubProblems = ['NOT_FOUND', 'GROUP_CLOSED', 'GROUP_FULL', 'JOIN_BY_OTHER_WAY'] as const;

/** The rights of a function that signs people up through a club. */
export const throughClubRights = {
  read: ['Group'],
  write: ['Application', 'Membership', 'ClubProfile', 'Outbox'],
  check: ['Group'],
} as const;

export const clubProfile = z
  .object({ level: z.int().nullable(), homeGym: z.string().nullable(), realName: z.string().nullable() })
  .meta({ id: 'ClubProfile' });

const own = '/v1/groups/{groupId}/club-profile';

const getOwnClubProfile = route({
  method: 'GET',
  path: own,
  summary: 'Get your profile in a club',
  description: 'Members; others get 404. Fields that you have not filled in are null. Only clubs have profiles.',
  auth: 'account',
  result: clubProfile,
  problems: ['NOT_APPLICABLE'],
});

const setClubProfile = route({
  method: 'PUT',
  path: own,
  summary: 'Set your profile in a club',
  description:
    'Members; others get 404. Replaces the whole profile: fields that you leave out are deleted. Fields that the club `asks` for are required. Idempotent.',
  auth: 'account',
  body: givenProfile,
  result: clubProfile,
  problems: ['NOT_APPLICABLE'],
});

const listClubProfiles = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/club-profiles',
  summary: 'List the profiles of club members',
  description:
    'Members; others get 404. First joined first. Contains real names, which nobody outside the club may see. Managers see the profile of an applicant with the application.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z.object({ accountId: id, nickname: z.string(), ...clubProfile.shape }).meta({ id: 'ClubMemberProfile' }),
  ),
  // Real names of other people stay in no browser.
  kept: false,
  problems: ['NOT_APPLICABLE'],
});

export const contract = feature({
  name: 'clubs',
  summary: 'Profiles of club members: level, home gym, real name',
  routes: { getOwnClubProfile, setClubProfile, listClubProfiles },
  consumers: {
    dropProfile: {
      summary: 'Deletes the profile of a person who is no longer in the club',
      entity: 'Membership',
      on: ['MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { write: ['ClubProfile'], check: ['Membership'] },
      keeps: ['groupId', 'accountId', 'state'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'ClubProfile'],
      query: ['presentMembers', 'rosterOfGroup'],
      write: ['ClubProfile'],
      check: ['Group', 'Membership'],
    },
  },
});
