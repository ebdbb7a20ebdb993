/** Questions about missions, excuses and cheers of a group. Their keys begin with `group` and its id, as all of a group. */
import type { InfiniteData } from '@tanstack/query-core';
import { cache, type ListQuestion, type Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';
import type { Certification } from './groups.ts';

type Missions = Answer<'missions', 'listMissions'>;
type Excuses = Answer<'excuses', 'listExcuses'>;
type WhoCheers = Answer<'cheers', 'listCheers'>;
type Feed = Answer<'certifications', 'listCertifications'>;
export type Mission = ItemOf<Missions>;
export type OwnState = Mission['mine'];
export type MissionState = ItemOf<Answer<'missions', 'getMissionStatus'>>;
export type Excuse = ItemOf<Excuses>;
export type Cheers = NonNullable<Certification['cheers']>;
export type CheerKind = Cheers[number]['kind'];

const of = (groupId: string, cursor: string | undefined) => ({
  params: { groupId },
  query: { limit: 50, ...(cursor ? { cursor } : {}) },
});

/** All missions of a group, with what the person has done of each. */
export const missions = (groupId: string): ListQuestion<Missions> => ({
  key: ['group', groupId, 'missions'],
  ask: (cursor) => api.missions.listMissions(of(groupId, cursor)),
});

export const mission = (groupId: string, missionId: string): Question<Answer<'missions', 'getMission'>> => ({
  key: ['group', groupId, 'mission', missionId],
  ask: () => api.missions.getMission({ params: { groupId, missionId } }),
});

export const missionStatus = (
  groupId: string,
  missionId: string,
): ListQuestion<Answer<'missions', 'getMissionStatus'>> => ({
  key: ['group', groupId, 'mission', missionId, 'status'],
  ask: (cursor) => api.missions.getMissionStatus({ params: { groupId, missionId }, query: cursor ? { cursor } : {} }),
});

/** The person's own excuses. */
export const excuses = (groupId: string): ListQuestion<Excuses> => ({
  key: ['group', groupId, 'excuses'],
  ask: (cursor) => api.excuses.listExcuses(of(groupId, cursor)),
});

/** Excuses that wait for the leader or a manager. */
export const excusesWaiting = (groupId: string): Question<Excuses> => ({
  key: ['group', groupId, 'excuses', 'waiting'],
  ask: () => api.excuses.listExcuses({ params: { groupId }, query: { state: 'PENDING', limit: 50 } }),
});

export const whoCheers = (groupId: string, certificationId: string): ListQuestion<WhoCheers> => ({
  key: ['group', groupId, 'cheers', certificationId],
  ask: (cursor) =>
    api.cheers.listCheers({
      params: { groupId, certificationId },
      query: { limit: 30, ...(cursor ? { cursor } : {}) },
    }),
});

/** The order in which signs stand. */
export const cheerKinds: readonly CheerKind[] = ['HEART', 'CLAP', 'FIRE', 'SMILE', 'CRY', 'STAR'];

/** Adds the person's cheer of a kind, or takes it back. */
export function withCheer(cheers: Cheers, kind: CheerKind, mine: boolean): Cheers {
  const now = cheers.find((each) => each.kind === kind);
  if ((now?.mine ?? false) === mine) return cheers;
  const count = (now?.count ?? 0) + (mine ? 1 : -1);
  const others = cheers.filter((each) => each.kind !== kind);
  return inOrder(count > 0 ? [...others, { kind, count, mine }] : others);
}

const inOrder = (cheers: Cheers): Cheers =>
  cheers.toSorted((a, b) => cheerKinds.indexOf(a.kind) - cheerKinds.indexOf(b.kind));

/** Changes the cheers of one certification where a feed shows it: a feed that was scrolled far is not asked again for them. */
export function changeCheers(groupId: string, certificationId: string, change: (now: Cheers) => Cheers): void {
  cache.setQueryData<InfiniteData<Feed>>(['group', groupId, 'feed'], (now) => {
    if (!now) return now;
    const pages = now.pages.map((page) => ({
      ...page,
      items: page.items.map((each) =>
        each.id === certificationId && each.cheers ? { ...each, cheers: change(each.cheers) } : each,
      ),
    }));
    return { ...now, pages };
  });
}

/** The counts of a certification, as the socket tells them: whose they are it does not say. */
export function heard({ groupId, certificationId, ...counts }: Heard): void {
  changeCheers(groupId, certificationId, (now) =>
    cheerKinds
      .map((kind) => ({ kind, count: counts[kind], mine: now.find((each) => each.kind === kind)?.mine ?? false }))
      .filter(({ count }) => count > 0),
  );
}
type Heard = { readonly groupId: string; readonly certificationId: string } & Readonly<Record<CheerKind, number>>;
