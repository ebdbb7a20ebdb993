/** What somebody sends who wants to do harm, for `npm run bench -- hostile`. */
import type { Use } from '../shared/data/quota.ts';
import { placeOf } from '../shared/http/parse.ts';
import { limits } from '../shared/product/limits.ts';
import { type Actor, actorAt, type Reply } from '../test/support/actor.ts';
import { challenge, type Moim, type Person } from '../test/support/moim.ts';
import { someone } from '../test/support/people.ts';
import { found } from '../test/support/scene.ts';

/** Dollars that a million requests from one place may cost. */
export const most = { guest: 5, member: 20 } as const;

/** What somebody sends again and again, and the limit that ends it. */
export interface Hostile {
  readonly name: string;
  readonly who: keyof typeof most;
  /** The name of its route; none for what meets no route. */
  readonly route?: string;
  /** CPU of a password that is judged, in milliseconds. */
  readonly cpuMs?: number;
  /** The limit of its own that it uses up; else its work ends it. */
  readonly ends?: Use;
  /** Whether another token comes with each request, which the authorizer judges anew. */
  readonly judged?: true;
  send(nth: number): Promise<Reply<unknown>>;
}

/** Texts as long as they may be. */
const full = (nth: number) => ({
  description: `${'가나다라마바사 아자차카 '.repeat(75)}${nth}`.slice(0, 1000),
  recruit: { title: '모집', target: '누구나', process: '절차 '.repeat(300), info: '안내 '.repeat(300) },
});
const random = (n: number) => Array.from({ length: 70 }, (_, word) => `말${n}낱${word}`).join(' ');
type Sending = (guest: Actor, n: number) => Promise<Reply<unknown>>;

/** What is sent again and again, where there are fifty groups with full texts. */
export async function hostileRequests(moim: Moim): Promise<Hostile[]> {
  const founder = await someone(moim);
  for (let n = 0; n < 50; n++) await founder.post('/v1/groups', challenge({ title: `큰 모임 ${n}`, ...full(n) }));
  const { path } = await found(founder);
  const { refreshToken } = (await moim.person('hostile')).tokens;
  return [...ofGuests(moim, path, refreshToken), ...(await ofMembers(moim, founder, path))];
}

/** Each from a place of its own, so that none uses up what another needs. */
function ofGuests(moim: Moim, path: string, refreshToken: string): Hostile[] {
  let places = 0;
  const placed = () => {
    const address = `198.18.${++places}.7`;
    return { guest: actorAt(moim, undefined, address), place: placeOf(address) };
  };
  const byGuest = (name: string, route: string, send: Sending): Hostile => {
    const { guest } = placed();
    return { name, who: 'guest', route, send: (n) => send(guest, n) };
  };
  const limited = (name: string, route: string, limit: Use['limit'], send: Sending, cpuMs = 0): Hostile => {
    const { guest, place } = placed();
    return { name, who: 'guest', route, cpuMs, ends: { limit, subject: place }, send: (n) => send(guest, n) };
  };
  return [
    byGuest('`GET /v1/groups?limit=50`, full texts, another query each time', 'listGroups', (guest, n) =>
      guest.get(`/v1/groups?limit=${50 - (n % 2)}&sort=LATEST`),
    ),
    byGuest('a search that finds them all', 'listGroups', (guest) =>
      guest.get(`/v1/groups?limit=50&text=${encodeURIComponent('큰')}`),
    ),
    byGuest('`GET /v1/groups/{groupId}`', 'getGroup', (guest) => guest.get(path)),
    limited('`POST /v1/login-id-reminders`, made-up addresses', 'findLoginId', 'mailFromPlace', (guest, n) =>
      guest.post('/v1/login-id-reminders', { email: `a${n}@example.com` }),
    ),
    limited('`POST /v1/email-verifications`, made-up addresses', 'requestEmailCode', 'mailFromPlace', (guest, n) =>
      guest.post('/v1/email-verifications', { email: `b${n}@example.com`, purpose: 'REGISTER' }),
    ),
    limited(
      '`POST /v1/sessions`, unknown login',
      'signIn',
      'signInAtPlace',
      (guest, n) => guest.post('/v1/sessions', { email: `c${n}@example.com`, password: 'wrong-1!' }),
      40,
    ),
    limited('`POST /v1/accounts`, no ticket', 'signUp', 'signUpFromPlace', (guest, n) =>
      guest.post('/v1/accounts', { ticket: 'x'.repeat(43), password: 'Correct-Horse-7', nickname: `누구${n}` }),
    ),
    limited('`GET /v1/availability`', 'checkAvailability', 'availabilityFromPlace', (guest, n) =>
      guest.get(`/v1/availability?nickname=name${n}`),
    ),
    limited('forged refresh', 'refresh', 'refreshFromPlace', (guest) =>
      guest.post('/v1/sessions/refresh', { refreshToken: `${refreshToken.slice(0, -43)}${'A'.repeat(43)}` }),
    ),
    limited('wrong code', 'confirmEmailCode', 'codeFromPlace', (guest, n) =>
      guest.post('/v1/email-verifications/confirm', {
        email: `d${n}@example.com`,
        purpose: 'REGISTER',
        code: '123456',
      }),
    ),
    {
      ...byGuest('a guarded route, a new garbage token each time', 'getOwnAccount', (guest, n) =>
        guest.get('/v1/accounts/me', { authorization: `Bearer garbage-${n}` }),
      ),
      judged: true,
    },
    byGuest('nothing there', '$default', (guest, n) => guest.get(`/v1/nothing-${n}`)),
  ];
}

async function ofMembers(moim: Moim, founder: Person, path: string): Promise<Hostile[]> {
  const member = await someone(moim);
  const group = await found(member, { capacity: 50 });
  const byMember = (name: string, route: string, send: Hostile['send'], ends?: Use): Hostile => ({
    ...{ name, who: 'member', route, send },
    ...(ends ? { ends } : {}),
  });
  const own = (limit: Use['limit'], count?: number): Use => ({
    ...{ limit, subject: member.id },
    ...(count ? { count } : {}),
  });
  return [
    byMember(
      '`PATCH /v1/groups/{groupId}`, 70 new words',
      'editGroup',
      (n) => member.patch(group.path, { description: random(n) }),
      { limit: 'changeGroup', subject: group.groupId },
    ),
    byMember(
      '`POST /v1/groups`, 70 words',
      'createGroup',
      (n) => member.post('/v1/groups', challenge({ description: random(n) })),
      own('foundGroup'),
    ),
    byMember(
      'join and leave',
      'joinGroup',
      async () => {
        const joined = await member.post(`${path}/members`);
        if (joined.status === 201) await member.delete(`${path}/members/me`);
        return joined;
      },
      own('join'),
    ),
    byMember(
      'like, unlike',
      'likeGroup',
      async () => {
        const liked = await member.put(`${path}/like`);
        if (liked.status < 300) await member.delete(`${path}/like`);
        return liked;
      },
      own('like'),
    ),
    byMember('socket ticket', 'issueSocketTicket', () => member.post('/v1/socket-tickets'), own('socketTicket')),
    byMember(
      'upload that is allowed and not used',
      'allowUpload',
      () => member.post(`${group.path}/uploads`, { type: 'image/png', bytes: limits.image.bytes }),
      own('upload', limits.image.bytes),
    ),
    byMember('the same list again, as a member', 'listGroups', (n) => founder.get(`/v1/groups?limit=${50 - (n % 2)}`)),
  ];
}
