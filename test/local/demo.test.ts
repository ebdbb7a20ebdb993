/** `MOIM_DEMO=1 npm start`: a moim with people and groups that have lived for two weeks, read from outside. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../../client/api.ts';
import { createClient } from '../../client/client.ts';
import { folder, freePort, killAll, start } from './process.ts';

afterAll(killAll);
/** Small photos: those of the demo take three quarters of its processor time, and on a busy machine all the time of a test. */
const demo = { MOIM_DEMO: '1', MOIM_DEMO_PHOTO_WIDTH: '80' };

interface Known {
  readonly api: Api;
  readonly today: Awaited<ReturnType<Api['today']['getToday']>>['items'];
}

/** The week in which the club that climbs was filled, though another may have begun since. */
const week = 2;

/** The ranking of that week: names by rank. */
async function rankingOf({ api, today }: Known) {
  const { id: groupId } = today.find(({ group }) => group.title.includes('볼더링'))!.group;
  const { current } = await api.seasons.listSeasons({ params: { groupId } });
  const params = { groupId, seasonId: current!.seasonId };
  const { items } = await api.rankings.getRanking({ params, query: { week } });
  return items.map(({ rank, points, account }) => `${rank}. ${points} ${account.nickname}`);
}

/** How often each member came to the meetings of that club. */
async function attendancesOf({ api, today }: Known) {
  const { id: groupId } = today.find(({ group }) => group.title.includes('볼더링'))!.group;
  const { items } = await api.attendance.listAttendanceRates({ params: { groupId } });
  return Object.fromEntries(items.map(({ account, present }) => [account.nickname, present]));
}

/** Signs in with what the start has printed. */
async function signIn(url: string, output: string, name: string): Promise<Known> {
  const email = new RegExp(`${name}@\\S+`).exec(output)![0];
  const password = /with the password (\S+)/.exec(output)![1]!;
  const guest = createClient({ baseUrl: url });
  const { accessToken } = await guest.sessions.signIn({ body: { email, password } });
  const api = createClient({ baseUrl: url, getAccessToken: () => accessToken });
  const { items } = await api.today.getToday();
  return { api, today: items };
}

/** Milliseconds: two weeks of people are the longest of all tests, and a slow machine takes ten times as long. */
const patience = 900_000;

test(
  'it fills an empty folder once: three living groups, walls of two weeks, what waits, and whom one can sign in as',
  async () => {
    const [data, port] = [folder(), await freePort()];
    const first = start(data, port, demo);
    await first.ready;
    const mina = await signIn(first.url, first.output(), 'mina');
    const { api, today } = mina;
    const groups = today.map(({ group }) => group);
    const challenge = today.find(({ waiting }) => waiting && waiting.certifications > 0)!;
    const params = { groupId: challenge.group.id };
    const months = [challenge.day, challenge.group.startDate].map((day) => day.slice(0, 7));
    const walls = await Promise.all(
      [...new Set(months)].map((month) => api.certifications.getWall({ params, query: { month } })),
    );
    const { items: feed } = await api.certifications.listCertifications({
      params,
      query: { status: 'APPROVED', limit: 10 },
    });
    const { items: members } = await api.memberships.listMembers({ params });
    const notices = await Promise.all(groups.map(({ id }) => api.groups.getOwnGroup({ params: { groupId: id } })));
    const { items: news } = await api.notifications.listNotifications();
    const readBy = Date.now();
    const { items: plans } = await api.plans.listPlans();
    const { takesPart } = await api.leagues.getLeagueMembership();
    const { items: open } = await api.discovery.listGroups();
    const photo = await fetch(feed[0]!.thumbnails![0]!);
    const taeo = await signIn(first.url, first.output(), 'taeo');
    const hana = await signIn(first.url, first.output(), 'hana');
    const doyun = await signIn(first.url, first.output(), 'doyun');
    const ranking = await rankingOf(doyun);
    const came = await attendancesOf(doyun);
    const { id: groupId } = groups.find(({ kind }) => kind === 'STUDY')!;
    const { entries: chat } = await api.chat.listEntries({ params: { groupId, roomId: groupId } });
    first.child.kill('SIGINT');
    await first.ended;
    const again = start(data, port, demo);
    await again.ready;
    const still = await signIn(again.url, again.output(), 'mina');
    again.child.kill('SIGINT');

    expect(takesPart).toBe(true);
    expect(new Set(groups.map(({ kind }) => kind))).toEqual(new Set(['CHALLENGE', 'STUDY', 'CLUB']));
    expect(challenge.waiting).toEqual({ certifications: 3, applications: 2, excuses: 0, reports: 0 });
    const days = new Set(walls.flatMap(({ items }) => items.flatMap(({ days }) => days.map(({ day }) => day))));
    expect(days.size).toBeGreaterThanOrEqual(14);
    expect(feed.length).toBe(10);
    expect(
      feed.every(({ images, sizes, imagesState }) => images.length === sizes.length && imagesState === 'READY'),
    ).toBe(true);
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(members.every(({ nickname, picture }) => nickname && picture.thumbnailUrl)).toBe(true);
    expect(notices.filter(({ notice }) => notice).length).toBeGreaterThanOrEqual(3);
    expect(news.length).toBeGreaterThan(5);
    expect(plans.length).toBe(1);
    expect(open.length).toBeGreaterThanOrEqual(4);
    expect(taeo.today.find(({ group }) => group.kind === 'CLUB')!.waiting!.applications).toBe(1);
    expect(hana.today.length).toBeGreaterThan(0);
    // Two have the same points: the one who reached them first is first.
    expect(ranking).toEqual(['1. 8 하은', '1. 8 도윤', '3. 5 유나']);
    // Two weeks have two Tuesdays and two Thursdays; the first day is before the season.
    expect(came).toMatchObject({ 하은: expect.any(Number), 유나: expect.any(Number) });
    expect((came.하은 ?? 0) + (came.유나 ?? 0)).toBeGreaterThanOrEqual(3);
    expect(new Set(chat.map((entry) => entry.author?.nickname))).toEqual(new Set(['지훈', '유나', '민재', '미나']));
    // The clock has come to now, and runs with the machine's.
    const newest = Math.max(...news.map(({ createdAt }) => Date.parse(createdAt)));
    expect(newest).toBeLessThanOrEqual(readBy);
    expect(first.output()).toContain('filled it with people and groups');
    expect(first.output()).not.toContain('Its clock was moved');
    // The second start fills nothing.
    expect(again.output()).not.toContain('filled it');
    expect(still.today.map(({ group }) => group.id).sort()).toEqual(groups.map(({ id }) => id).sort());
  },
  patience,
);

test('a folder with data of its own is left alone, with what to do', async () => {
  const data = folder();
  writeFileSync(join(data, 'items-version'), '2\n');
  writeFileSync(join(data, 'table.sqlite'), '');
  const moim = start(data, await freePort(), demo);

  expect(await moim.ended).toBe(1);
  expect(moim.output()).toContain(
    'holds data that is no demo, or one that was broken off: delete the folder, or set MOIM_DATA to another one',
  );
});
