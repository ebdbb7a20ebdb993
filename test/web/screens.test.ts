/**
 * Every screen once, in a theme, a language and a width by turns: no barrier that axe finds, nothing too small to read or to
 * press, nothing wider than the window. A new screen is one line in a file of `support/screens/`. WEB=all plays each of them in all ways.
 */
import { createHash } from 'node:crypto';
import { register } from '../accounts/identities/support.ts';
import { type Moim, type Person, upload } from '../support/moim.ts';
import { nextTick, someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { meeting } from './support/attendance.ts';
import { desk, phone, useWeb } from './support/browser.ts';
import { climbing } from './support/climbs.ts';
import { laid, neighbours } from './support/leagues.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { doing } from './support/missions.ts';
import { office } from './support/office.ts';
import { polled } from './support/polls.ts';
import { board } from './support/posts.ts';
import type { Scene } from './support/screens/look.ts';
import { screens } from './support/screens/screens.ts';
import { talking } from './support/talking.ts';
import { town } from './support/town.ts';

const web = useWeb();

/** A group that has lived for some days: four people, bricks of two days, one that waits. */
async function living(moim: Moim, leader: Person): Promise<Pick<Scene, 'leader' | 'groupId' | 'missionId' | 'path'>> {
  const others = await Promise.all(['Jihun', '서연', 'Hana'].map((name) => someone(moim, name)));
  const group = await found(
    leader,
    { title: '매일 알고리즘 한 문제', certificationRule: '풀이를 적은 노트나 화면을 올려요' },
    ...others,
  );
  await leader.patch(group.path, { notice: '이번 주는 그래프 탐색이에요. 토요일 밤 9시에 같이 풀어요.' });
  await moim.settle();
  for (const [i, person] of others.entries()) {
    const words = [
      'BFS 미로 탐색 통과! 방문 체크를 큐에 넣을 때 하니 시간이 반으로 줄었어요.',
      '오늘은 세그먼트 트리.',
      'Union-find clicked today.',
    ];
    const uploadIds = [await upload(person, group.groupId)];
    const { body, status } = await certify(person, group, { text: words[i], uploadIds });
    if (status !== 201) throw new Error(JSON.stringify(body));
    await moim.settle();
    if (i > 0) await leader.post(`${group.path}/certifications/${body.id}/approve`, {});
    await moim.settle();
  }
  await waiting(moim, leader, others[1]!, group.path);
  return { leader, ...group };
}

/** What waits for the leader of it: an application, a report, somebody who was removed. */
async function waiting(moim: Moim, leader: Person, member: Person, path: string): Promise<void> {
  const [applicant, noisy] = await Promise.all(['하윤', 'Noisy'].map((name) => someone(moim, name)));
  await noisy!.post(`${path}/members`);
  await leader.post(`${path}/members/${noisy!.id}/kick`, { reason: '광고를 계속 올렸어요' });
  await leader.patch(path, { joinPolicy: 'APPLY' });
  const message =
    '비전공자라 알고리즘이 늘 무서웠는데, 하루 한 문제면 할 수 있을 것 같아요.\n평일 밤 10시에 한 시간씩 풀고 있어요!';
  await applicant!.post(`${path}/applications`, { message });
  const { body } = await leader.get(`${path}/certifications?status=APPROVED`);
  const certification = body.items.find(({ author }: { author: { id: string } }) => author.id !== member.id);
  const text = '다른 곳에서 본 사진이에요.';
  const said = { subject: `certification:${certification.id}`, reason: 'FAKE', text };
  const { status } = await member.post(`${path}/reports`, said);
  if (status !== 204) throw new Error(`the report was answered ${status}`);
  await leader.put(`/v1/accounts/me/blocks/${noisy!.id}`, {});
  await moim.settle();
}

/** Somebody writes to the leader, is answered, and writes again; gives their id. */
async function writing(moim: Moim, leader: Person): Promise<string> {
  const writer = await someone(moim, '하나');
  await found(leader, { title: '주말 한강 달리기', frequency: { every: 'WEEKEND' } }, writer);
  const { body } = await writer.post('/v1/messages', {
    to: leader.id,
    title: '토요일 공부',
    body: '이번 주 그래프 문제, 같이 풀어 볼래요?\n저는 밤 9시가 좋아요.',
  });
  await leader.post('/v1/messages', { to: writer.id, body: '좋아요! 9시에 만나요.', replyTo: body.id });
  await writer.post('/v1/messages', { to: leader.id, body: '그럼 토요일에 봐요 🙂' });
  await moim.settle();
  return writer.id;
}

/** Enough for the buttons of providers: nobody goes there. */
const registrations = Object.fromEntries(
  ['google', 'kakao', 'naver', 'github'].map((name) => [name, { clientId: name, clientSecret: 'secret' }]),
);

let scene: Scene;
let mina: Person;
let sora: Person;
beforeAll(async () => {
  await register(web.moim, registrations);
  mina = await web.moim.person('Mina');
  sora = await web.moim.person('Sora');
  const lived = {
    ...(await living(web.moim, mina)),
    town: await town(web.moim, mina),
    doing: await doing(web.moim, mina),
    talking: await talking(web.moim, mina),
  };
  const written = await board(web.moim, mina, lived.doing);
  const polls = await polled(web.moim, mina, lived.doing);
  const writerId = await writing(web.moim, mina);
  const administered = await office(web, sora, mina);
  const climbed = await climbing(web.moim, sora, mina);
  scene = { ...lived, written, polls, writerId, ...administered, climbing: climbed } as Scene;
  // A plan that two people find wrong.
  for (const name of ['하나', '두리'])
    await (await someone(web.moim, name)).post(`/v1/plans/${scene.town.planId}/reports`, { reason: 'SPAM' });
  await mina.put('/v1/accounts/me/league', { shownAs: 'ANIMAL' });
  await laid(web.moim, mina, scene.groupId, 9);
  await neighbours(web.moim, scene.groupId);
  await found(mina, { title: '자기 전 책 30쪽', frequency: { every: 'WEEKEND' } });
  await web.moim.settle();
  await nextTick(web.moim);
  // Last: its codes are those of minutes.
  scene = { ...scene, meeting: await meeting(web.moim, mina) };
  await web.moim.settle();
});

const themes = ['light', 'dark'] as const;
const locales = ['ko', 'en'] as const;
const widths = { phone, desk } as const;
const ways = themes.flatMap((theme) =>
  locales.flatMap((locale) => (['phone', 'desk'] as const).map((width) => ({ theme, locale, width }))),
);
/** By its name alone: a new screen changes the way of no other. */
const wayOf = (name: string) => createHash('sha256').update(name).digest()[0]! % ways.length;
/** Each screen once, in a theme, a language and a width by turns, so that all of them occur; those of a way one after the other. */
const turns = ways.flatMap((way, at) =>
  screens
    .filter(({ name }) => process.env.WEB === 'all' || wayOf(name) === at)
    .map((screen) => ({ ...screen, ...way })),
);

test.each(turns)('$name, $theme, $locale, $width: without barriers', async (look) => {
  const { name, asGuest, asAdmin, path, titles, theme, locale, width, opens } = look;
  const options = { theme, locale, viewport: widths[width] };
  const visitor = asGuest
    ? await web.visit(options)
    : await web.again(asAdmin ? sora : mina, { ...options, path: path(scene) });
  if (asGuest) await visitor.go(path(scene));
  await visitor.titled(titles[locales.indexOf(locale)]!);
  await visitor.whole();
  await opens?.(visitor, locale);
  await picture(visitor.page, `${name}-${width}-${theme}-${locale}`);

  expect(await oddities(visitor.page)).toEqual([]);
  expect(await barriers(visitor.page)).toEqual([]);
});
