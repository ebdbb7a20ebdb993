/** What the leader can change of a group, as one flat thing: what was there, what is there now, and what the leader wants. */
import type { OwnGroup } from '../../app/data/groups.ts';
import type { api } from '../../app/session.ts';
import type { Ask } from '../../ui/club.tsx';
import type { Audience, Category, Frequency, TagName } from '../../ui/group-fields.tsx';

type Group = OwnGroup['group'];
export type Change = NonNullable<Parameters<typeof api.groups.editGroup>[0]['body']>;
export type GroupFile = Pick<Group['files'][number], 'id' | 'name' | 'bytes'>;

/** By the names that moim refuses its fields by; an empty text is nothing. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly promise: string;
  readonly notice: string;
  readonly category: Category;
  readonly customCategory: string;
  readonly audience: Audience | '';
  readonly tags: readonly TagName[];
  readonly 'recruit/title': string;
  readonly 'recruit/target': string;
  readonly 'recruit/process': string;
  readonly 'recruit/info': string;
  readonly files: readonly GroupFile[];
  readonly frequency: Frequency | null;
  readonly certificationRule: string;
  readonly approval: Group['approval'];
  readonly startDate: string;
  readonly endDate: string;
  readonly recruitUntil: string;
  readonly joinPolicy: Group['joinPolicy'];
  readonly visibility: Group['visibility'];
  readonly allowRejoin: boolean;
  /** What a club asks its applicants for. */
  readonly asks: readonly Ask[];
  readonly capacity: number;
  /** When its days begin, `HH:mm`. */
  readonly dayStart: string;
  /** In a month. */
  readonly makeUps: number;
  readonly membersMayCreate: boolean;
  readonly excusesNeedApproval: boolean;
}
export type Name = keyof Draft;

export const draftOf = ({ group, notice }: Pick<OwnGroup, 'group' | 'notice'>): Draft => ({
  title: group.title,
  description: group.description,
  promise: group.promise,
  notice: notice ?? '',
  category: group.category,
  customCategory: group.customCategory ?? '',
  audience: group.audience ?? '',
  tags: group.tags as TagName[],
  'recruit/title': group.recruit.title,
  'recruit/target': group.recruit.target,
  'recruit/process': group.recruit.process,
  'recruit/info': group.recruit.info,
  files: group.files.map(({ id, name, bytes }) => ({ id, name, bytes })),
  frequency: group.frequency,
  certificationRule: group.certificationRule,
  approval: group.approval,
  startDate: group.startDate,
  endDate: group.endDate ?? '',
  recruitUntil: group.recruitUntil ?? '',
  joinPolicy: group.joinPolicy,
  visibility: group.visibility,
  allowRejoin: group.allowRejoin,
  asks: group.asks,
  capacity: group.capacity,
  // What was chosen last, though it counts from a Monday on.
  dayStart: group.nextDayStart?.at ?? group.dayStart,
  makeUps: group.makeUps,
  membersMayCreate: group.membersMayCreate,
  excusesNeedApproval: group.excusesNeedApproval,
});

/** The names of what differs. */
export const differences = (one: Draft, other: Draft): Name[] =>
  (Object.keys(one) as Name[]).filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));

const nullable = new Set<Name>(['notice', 'audience', 'recruitUntil']);

/** The request that brings a group to a draft. Only what is named is sent: some fields take no change once it has begun. */
export function changeOf(draft: Draft, names: readonly Name[]): Change {
  const change: Record<string, unknown> = {};
  for (const name of names) {
    const [outer, inner] = name.split('/');
    if (inner) change.recruit = { ...(change.recruit as object), [inner]: draft[name] };
    else if (name === 'files') change.files = draft.files.map(({ id }) => id);
    else change[outer!] = nullable.has(name) ? draft[name] || null : draft[name];
  }
  // A word of one's own belongs to its category; and a group that ends on a day goes on ending on one.
  if (draft.category !== 'ETC' || draft.customCategory === '') delete change.customCategory;
  else if (change.category) change.customCategory = draft.customCategory;
  if (draft.endDate === '') delete change.endDate;
  return change as Change;
}

/** What somebody else has changed meanwhile that this draft would change otherwise. */
export function conflicts(began: Draft, theirs: Draft, mine: Draft): Name[] {
  const changed = new Set(differences(began, theirs));
  const differing = new Set(differences(theirs, mine));
  return differences(began, mine).filter((name) => changed.has(name) && differing.has(name));
}
