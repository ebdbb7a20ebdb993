/** Questions about profiles in a club. Real names stay on no device. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer } from './answers.ts';

type Profiles = Answer<'clubs', 'listClubProfiles'>;

export const ownProfile = (groupId: string): Question<Answer<'clubs', 'getOwnClubProfile'>> => ({
  key: ['group', groupId, 'profiles', 'own'],
  ask: () => api.clubs.getOwnClubProfile({ params: { groupId } }),
  kept: false,
});

export const profiles = (groupId: string): ListQuestion<Profiles> => ({
  key: ['group', groupId, 'profiles'],
  ask: (cursor) =>
    api.clubs.listClubProfiles({ params: { groupId }, query: { limit: 30, ...(cursor ? { cursor } : {}) } }),
  kept: false,
});
