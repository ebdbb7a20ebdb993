/** The members of a group by account, with the place by which their brick has its colour. */
import type { Member } from '../../app/data/groups.ts';

export interface ShownPerson extends Pick<Member, 'nickname' | 'picture'> {
  readonly at: number;
}
export type People = ReadonlyMap<string, ShownPerson>;

export const peopleOf = (members: readonly Member[]): People =>
  new Map(members.map(({ accountId, nickname, picture }, at) => [accountId, { nickname, picture, at }]));

/** A place for somebody who is not among the members: always the same one. */
export const placeOf = (accountId: string): number => Number.parseInt(accountId.slice(-2), 16) || 0;
