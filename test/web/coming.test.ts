/** Row 50: home says what the next days bring: meetings, last days, beginnings, and the end of days off. */
import { addDays, localDay } from '../../shared/core/time.ts';
import type { Person } from '../support/moim.ts';
import { found } from '../support/scene.ts';
import { desk, useWeb, type Visitor } from './support/browser.ts';
import { lands, press } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { made } from './support/missions.ts';

const web = useWeb();
const zone = 'Asia/Seoul';
const today = () => localDay(web.moim.clock.now(), zone);
let mina: Person;
let studyId: string;
let onceId: string;

beforeAll(async () => {
  mina = await web.moim.person('Mina');
  const day = (days: number) => addDays(today(), days);
  // It is Monday noon. The study meets tonight, and a mission of it is over on Wednesday at midnight.
  const study = await found(mina, { title: '밤 스터디', startDate: day(0), endDate: day(90), timeZone: zone });
  studyId = study.groupId;
  const meetings = [{ weekday: 1, start: '19:00', place: '학교 앞 카페' }];
  await mina.put(`${study.path}/attendance-plan`, { meetings });
  const dueAt = `${day(2)}T15:00:00.000Z`;
  const mission = { kind: 'ONCE', way: 'TEXT', title: '오답 노트 나누기', approval: 'AUTO', dueAt };
  onceId = (await made(mina.post(`${study.path}/missions`, mission))).id;
  // One ends tomorrow, one begins on Thursday, one is long: none of its days is near.
  await found(mina, { title: '짧은 챌린지', startDate: day(0), endDate: day(1), timeZone: zone });
  await found(mina, { title: '목요일부터', startDate: day(3), endDate: day(60), timeZone: zone });
  await found(mina, { title: '긴 챌린지', startDate: day(0), endDate: day(60), timeZone: zone });
  await web.moim.settle();
});

const rows = ({ page }: Visitor, title: string) =>
  page.getByRole('region', { name: title }).getByRole('link').allInnerTexts();
/** As one reads it: the day for a screen reader first. */
const line = (text: string) => text.replace(/\s*\n\s*/g, ' | ');
async function looked(visitor: Visitor, name: string) {
  await visitor.whole();
  await picture(visitor.page, name);
  expect([...(await oddities(visitor.page)), ...(await barriers(visitor.page))]).toEqual([]);
}

test('in Korean, on a phone: the soonest first, each leads to where it is', async () => {
  const a = await web.visitAs(mina, { path: '/' });
  await a.titled(/Mina님/);
  await a.whole();
  const list = await rows(a, '다가오는 일정');
  await a.page.getByRole('region', { name: '다가오는 일정' }).scrollIntoViewIfNeeded();
  await looked(a, 'coming-phone');

  expect(list.map(line)).toEqual([
    expect.stringMatching(/^3월 2일.*2 \| 월 \| 밤 스터디 \| 오늘 오후 7:00에 만나요 · 학교 앞 카페$/),
    expect.stringMatching(/3 \| 화 \| 짧은 챌린지 \| 내일이 마지막 날이에요$/),
    expect.stringMatching(/4 \| 수 \| 오답 노트 나누기 \| 이날까지 · 밤 스터디$/),
    expect.stringMatching(/5 \| 목 \| 목요일부터 \| 시작하는 날이에요$/),
  ]);
  await a.page.getByRole('link', { name: /오늘 오후 7:00에 만나요/ }).click();
  await a.titled('밤 스터디');
  expect(new URL(a.page.url()).pathname).toBe(`/groups/${studyId}/attendance`);
});

test('in English, wide, by keyboard: what is done is not there; days off hide the meeting, and say when one is back', async () => {
  const path = `/v1/groups/${studyId}`;
  await made(mina.post(`${path}/missions/${onceId}/certifications`, { text: 'JOIN' }));
  const until = addDays(today(), 1);
  await made(mina.post(`${path}/excuses`, { from: today(), until, reason: 'Travelling' }));
  await web.moim.settle();
  const a = await web.visitAs(mina, { path: '/', locale: 'en', theme: 'dark', viewport: desk });
  await a.titled(/Mina/);
  await looked(a, 'coming-wide');

  expect((await rows(a, 'Coming up')).map(line)).toEqual([
    expect.stringMatching(/3 \| T \| 짧은 챌린지 \| Ends tomorrow$/),
    expect.stringMatching(/4 \| W \| 밤 스터디 \| Back from days off$/),
    expect.stringMatching(/5 \| T \| 목요일부터 \| First day$/),
  ]);
  await press(a.page, /link "Tue, Mar 3.*Ends tomorrow/);
  await lands(a.page, /heading "짧은 챌린지"/);
});

test('in the night before the day of a group begins, a meeting and an end of the same morning are today', async () => {
  const night = addDays(today(), 1);
  const owl = {
    title: '밤샘 스터디',
    startDate: today(),
    endDate: addDays(today(), 90),
    timeZone: zone,
    dayStart: '05:00',
  };
  const noa = await web.moim.person('Noa');
  const { path } = await found(noa, owl);
  await noa.put(`${path}/attendance-plan`, { meetings: [{ weekday: 2, start: '07:30' }] });
  const mission = { kind: 'ONCE', way: 'TEXT', title: '필사 한 쪽', approval: 'AUTO' };
  await made(noa.post(`${path}/missions`, { ...mission, dueAt: `${today()}T18:00:00.000Z` }));
  await web.moim.settle();
  await web.moveTo(`${night}T01:30:00+09:00`);
  const a = await web.visitAs(noa, { path: '/' });
  await a.titled(/Noa님/);
  await a.whole();

  expect((await rows(a, '다가오는 일정')).map(line)).toEqual([
    expect.stringMatching(/3 \| 화 \| 필사 한 쪽 \| 오늘 오전 3:00까지 · 밤샘 스터디$/),
    expect.stringMatching(/3 \| 화 \| 밤샘 스터디 \| 오늘 오전 7:30에 만나요$/),
  ]);
});
