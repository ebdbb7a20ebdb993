/** Clubs and people who want to be in them. */
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { itemsOf } from '../../support/table.ts';
import { administrator, group } from '../memberships/support.ts';

export const profile = { level: 4, homeGym: 'Rock Valley', realName: '김보라' };
export const everything = ['REAL_NAME', 'LEVEL', 'HOME_GYM'];

export interface Club {
  readonly leader: Person;
  readonly groupId: string;
  readonly path: string;
}

/** A club with its leader, who is an administrator. */
export async function clubOf(moim: Moim, more: object = {}): Promise<Club> {
  const leader = await administrator(moim);
  return { leader, ...(await group(leader, 'CLUB', { title: 'Wall to wall', ...more })) };
}

export const apply = (who: Person, { path }: Club, body: object = {}) => who.post(`${path}/applications`, body);
export const accept = (club: Club, who: { readonly id: string }, by: Person = club.leader) =>
  by.post(`${club.path}/applications/${who.id}/accept`);
export const reject = (club: Club, who: { readonly id: string }, reason: string | undefined = 'Not this season') =>
  club.leader.post(`${club.path}/applications/${who.id}/reject`, { reason });

/** Somebody whose application to a club waits. */
export async function applicant(moim: Moim, club: Club, body: object = {}): Promise<Person> {
  const who = await someone(moim);
  const { status } = await apply(who, club, body);
  if (status !== 201) throw new Error(`no application: ${status}`);
  return who;
}

/** A member of a club, who joins after all the others. */
export async function climber(moim: Moim, club: Club, body: object = {}): Promise<Person> {
  await moim.clock.advance(1);
  const who = await applicant(moim, club, body);
  await accept(club, who);
  return who;
}

/** The membership of a person in a club, and their profile there, as stored. */
export async function storedOf(moim: Moim, { groupId }: Club, { id: accountId }: { readonly id: string }) {
  const [member] = await itemsOf(moim, 'Membership', { groupId, accountId });
  const [own] = await itemsOf(moim, 'ClubProfile', { groupId, accountId });
  return { state: member?.state, member, profile: own };
}
