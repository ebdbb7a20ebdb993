/** Questions about what members have done. Their keys begin with `group` and its id, as all of a group. */
import { changed, type Question, useAnew } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type Progress = Answer<'progress', 'getProgress'>;
export type MemberProgress = Answer<'progress', 'getMemberProgress'>;

/** The board of a group: the person, the team, and all members by rank. */
export const progress = (groupId: string): Question<Progress> => ({
  key: ['group', groupId, 'progress'],
  ask: () => api.progress.getProgress({ params: { groupId } }),
});

export const memberProgress = (groupId: string, accountId: string): Question<MemberProgress> => ({
  key: ['group', groupId, 'progress', accountId],
  ask: () => api.progress.getMemberProgress({ params: { groupId, accountId } }),
});

/** Who nudged the person in a group in the last 30 days. */
export const nudges = (groupId: string): Question<Answer<'nudges', 'listNudges'>> => ({
  key: ['group', groupId, 'nudges'],
  ask: () => api.nudges.listNudges({ params: { groupId }, query: { limit: 5 } }),
});

/** What a member can be nudged for: missions that are open today and that they have not done. */
export const openMissions = (
  groupId: string,
  accountId: string,
): Question<readonly { readonly id: string; readonly title: string }[]> => ({
  key: ['group', groupId, 'progress', accountId, 'open'],
  async ask() {
    const params = { groupId };
    const { missions } = await api.today.getGroupPage({ params, query: {} });
    const open = missions.filter(({ closed }) => !closed);
    const states = await Promise.all(
      open.map(({ id }) => api.missions.getMissionStatus({ params: { groupId, missionId: id } })),
    );
    return open.filter((_, at) => {
      const theirs = states[at]!.items.find(({ account }) => account.id === accountId);
      return theirs?.state === 'TODO' && !theirs.excused;
    });
  },
});

export type ProgressLink = ItemOf<Answer<'progress', 'listProgressLinks'>>;

/** The person's links to pictures, of all groups: whoever has one sees the picture. */
const progressLinks = (): Question<Answer<'progress', 'listProgressLinks'>> => ({
  key: ['me', 'progress-links'],
  ask: () => api.progress.listProgressLinks({ query: { limit: 50 } }),
  kept: false,
});

/** The link of the person to one kind of picture of a group, and what makes it and takes it back: for `ShareSheet`. */
export function useSharing(groupId: string, of: ProgressLink['of']) {
  const answer = useAnew(progressLinks());
  const link = answer.data?.items.find((each) => each.groupId === groupId && each.of === of);
  return {
    answer,
    url: link?.url,
    async onMake(named: boolean) {
      await api.progress.makeProgressLink({ params: { groupId }, body: { of, named } });
      await changed('me', 'progress-links');
    },
    async onTakeBack() {
      if (link) await api.progress.removeProgressLink({ params: { linkId: link.id } });
      void changed('me', 'progress-links');
    },
  };
}
