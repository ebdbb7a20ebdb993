/**
 * Fills an empty moim with people and groups that have lived for two weeks: three challenges, a study, two clubs and what looks
 * for people. Everything comes through the front door, as clients do it, while the clock moves from the first day to the last.
 */
import { TOTP } from 'otpauth';
import { attend, climb, foundClimbing } from './climbing.ts';
import { accept, apply, join } from './joining.ts';
import { cheer, giveMissions } from './missions.ts';
import { certify, emailOf, type Person, type Place, password, signUp, takePart } from './people.ts';
import { talk } from './talk.ts';
import { algorithm, cast, type Habit, type Name, reading, recruiting } from './words.ts';

const day = 86_400_000;
const hour = 3_600_000;
/** Days that the groups have lived. */
export const daysLived = 14;
/** Korea is nine hours ahead of UTC the whole year. */
const midnightOf = (instant: number) => Math.floor((instant + 9 * hour) / day) * day - 9 * hour;
const dayOf = (instant: number) => new Date(instant + 9 * hour).toISOString().slice(0, 10);

/** When the clock has to stand before `fill` begins, for a moim that shall be filled up to an instant. */
export const beginOf = (until: number) => midnightOf(until) - daysLived * day + 8 * hour;

export interface Filled {
  /** A challenge that Mina leads: a wall, a queue, an application. */
  readonly algorithm: string;
  /** A challenge in which Mina is a member. */
  readonly reading: string;
  readonly study: string;
  readonly club: string;
  /** A club with records, a season and a ranking. */
  readonly climbing: string;
  readonly plan: string;
  /** One may apply to it. */
  readonly open: string;
}

type People = Readonly<Record<Name, Person>>;

async function everybody(place: Place): Promise<People> {
  const found: Partial<Record<Name, Person>> = {};
  // One after the other: while a picture is drawn nothing is answered, and on a slow machine a function would be out of time.
  for (const name of Object.keys(cast) as Name[]) found[name] = await signUp(place, name);
  return found as People;
}

/** An administrator, whom a club needs: with an authenticator app, as moim asks of them. */
async function administrator(place: Place, { api, email, signInWith }: Person): Promise<void> {
  await place.appoint(email);
  const { secret } = await api.factors.beginTotp();
  // A code works once: the next one is of the next half minute.
  const code = (steps: number) => new TOTP({ secret }).generate({ timestamp: place.now() + steps * 30_000 });
  await api.factors.confirmTotp({ body: { code: code(0) } });
  await signInWith(code(1));
}

const notice = async ({ api }: Person, groupId: string, text: string) => {
  const { group } = await api.groups.getOwnGroup({ params: { groupId } });
  await api.groups.editGroup({ params: { groupId }, ifMatch: group.version, body: { notice: text } });
};

async function foundChallenges(
  place: Place,
  { mina, jihun, seoyeon, doyun, hana, haeun, yuna }: People,
  until: number,
) {
  const startDate = dayOf(beginOf(until));
  // Each at an instant of its own: lists have them in the order of time.
  const challenge = await mina.api.groups.createGroup({
    body: {
      kind: 'CHALLENGE',
      title: '매일 알고리즘 한 문제',
      description: '하루 한 문제, 풀이를 사진으로 남겨요. 쉬운 문제여도 괜찮아요.',
      promise: '막혀도 괜찮아요. 어디서 막혔는지만 나눠요.',
      certificationRule: '푼 문제와 풀이가 보이게 찍어 주세요.',
      category: 'IT',
      tags: ['ALGORITHM'],
      frequency: { every: 'DAY' },
      capacity: 10,
      startDate,
      endDate: dayOf(until + 13 * day),
    },
  });
  await place.pause();
  const books = await seoyeon.api.groups.createGroup({
    body: {
      kind: 'CHALLENGE',
      title: '자기 전 책 30쪽',
      description: '휴대폰 대신 책을 펴요.',
      certificationRule: '읽은 쪽이 보이게 찍어 주세요.',
      category: 'READING',
      tags: ['BOOKS'],
      frequency: { every: 'WEEK', times: 4 },
      capacity: 8,
      startDate,
      endDate: dayOf(until + 27 * day),
    },
  });
  await place.pause();
  const over = await yuna.api.groups.createGroup({
    body: {
      kind: 'CHALLENGE',
      title: '30일 알고리즘 기초 다지기',
      description: '하루 한 문제씩, 쉬운 것부터 풀어요.',
      certificationRule: '풀이를 찍어 주세요.',
      category: 'IT',
      tags: ['ALGORITHM', 'PYTHON'],
      frequency: { every: 'WEEKDAY' },
      capacity: 6,
      startDate,
      endDate: dayOf(until + 15 * day),
    },
  });
  await join(place, challenge.id, jihun, seoyeon, hana, haeun);
  await join(place, books.id, mina, yuna);
  await join(place, over.id, haeun, doyun);
  return { algorithm: challenge.id, reading: books.id, over: over.id };
}

async function foundStudyAndClub(place: Place, people: People, until: number) {
  const { mina, jihun, yuna, minjae, soi, taeo, doyun, moim } = people;
  await place.pause();
  const study = await jihun.api.groups.createGroup({
    body: {
      kind: 'STUDY',
      title: '정보처리기사 실기, 여섯 주',
      description: '일주일에 두 단원씩, 일요일 밤에 함께 정리해요.',
      promise: '빠지는 날은 미리 말해요.',
      category: 'TEST',
      tags: ['CERTIFICATE', 'REMOTE'],
      capacity: 6,
      endDate: dayOf(until + 27 * day),
      recruit: {
        target: '실기를 처음 준비하는 분',
        process: '월·목 혼자 풀기, 일 밤 9시 모여 정리',
        info: '',
        title: '',
      },
    },
  });
  const wishes = [
    [mina, '실기는 처음이라 같이 하고 싶어요.'],
    [minjae, '필기에 붙고 바로 이어서 준비해요.'],
    [yuna, '한 번 떨어졌지만 이번엔 붙을 거예요.'],
  ] as const;
  for (const [person, message] of wishes) await apply(place, person, study.id, message);
  await accept(place, jihun, study.id, mina, minjae, yuna);
  await notice(jihun, study.id, '이번 주는 SQL과 트랜잭션이에요. 일요일 밤 9시에 모여요.');

  await administrator(place, moim);
  await place.pause();
  const club = await moim.api.groups.createGroup({
    body: {
      kind: 'CLUB',
      title: '한강 새벽 러닝 클럽',
      description: '새벽 여섯 시, 여의나루에서 만나 천천히 달려요.',
      promise: '속도보다 함께.',
      category: 'SPORTS',
      tags: ['RUNNING', 'OFFLINE'],
      capacity: 30,
    },
  });
  for (const person of [taeo, mina, doyun, minjae]) await apply(place, person, club.id, '새벽에 같이 달리고 싶어요.');
  await accept(place, moim, club.id, taeo, mina, doyun, minjae);
  await moim.api.memberships.handOver({ params: { groupId: club.id }, body: { accountId: taeo.id } });
  await notice(taeo, club.id, '토요일엔 반포까지 8km! 물과 바람막이를 챙겨 주세요.');
  await apply(place, soi, club.id, '5km를 쉬지 않고 달리는 게 목표예요.');
  const climbing = await foundClimbing(place, people, dayOf);
  return { study: study.id, club: club.id, climbing };
}

/** Whether somebody keeps a day: a rhythm that is the same for the same people, with days off. */
const keeps = (nth: number, at: number) => (at * 7 + nth * 5 + ((at * nth) % 3)) % 10 < 7 - (nth % 3);

interface Evening {
  readonly groupId: string;
  readonly habits: Readonly<Partial<Record<Name, Habit>>>;
  readonly at: number;
  /** Leaves out some: for the last day, on which not everybody has been there yet. */
  readonly only?: readonly Name[];
  readonly width?: number;
}

/** The certifications of a day, one after the other. */
async function certifyAll(place: Place, people: People, { groupId, habits, at, only, width = 320 }: Evening) {
  const names = Object.keys(habits) as Name[];
  for (const [nth, name] of names.entries()) {
    if (only ? !only.includes(name) : !keeps(nth, at)) continue;
    const { scene, words } = habits[name]!;
    await place.pause();
    await certify(people[name], groupId, {
      scene,
      number: at * 8 + nth,
      text: words[at % words.length]!,
      width: place.photoWidth ?? width,
    });
  }
}

/** Approves what waits in a group. */
async function approveAll(place: Place, { api }: Person, groupId: string): Promise<void> {
  const { items } = await api.certifications.listCertifications({
    params: { groupId },
    query: { status: 'WAITING', limit: 20 },
  });
  for (const { id: certificationId } of items) {
    await place.pause();
    await api.certifications.approveCertification({ params: { groupId, certificationId } });
  }
}

/** Two weeks in two challenges. The last days have larger photos: they are looked at first. */
async function live(
  place: Place,
  people: People,
  until: number,
  groups: { algorithm: string; reading: string; climbing: string },
) {
  const { mina, seoyeon } = people;
  const today = midnightOf(until);
  for (let at = 0; at < daysLived; at++) {
    const midnight = today - (daysLived - at) * day;
    const width = at > daysLived - 4 ? 640 : 320;
    // On the first day the clock is past the morning already.
    await place.moveTo(midnight + 12 * hour);
    await certifyAll(place, people, { groupId: groups.algorithm, habits: algorithm, at, width });
    await place.moveTo(midnight + 22 * hour);
    await place.settle();
    await approveAll(place, mina, groups.algorithm);
    if (at % 2 === 0) await certifyAll(place, people, { groupId: groups.reading, habits: reading, at, width });
    await place.settle();
    await approveAll(place, seoyeon, groups.reading);
    await climb(place, people, groups.climbing, at, midnight);
    await attend(place, people, groups.climbing, at, midnight);
  }
}

async function finish(
  place: Place,
  people: People,
  until: number,
  groups: { over: string; study: string; algorithm: string },
) {
  const { yuna, haeun, mina, minjae, soi, doyun, jihun } = people;
  const params = { groupId: groups.over };
  await yuna.api.lifecycle.setStatus({ params, body: { status: 'COMPLETED' } });
  const plan = await yuna.api.plans.publishPlan({ params, body: {} });
  await haeun.api.reviews.writeReview({
    params: { groupId: groups.algorithm, accountId: mina.id },
    body: { score: 5, text: '막힐 때마다 힌트를 다정하게 주셨어요.' },
  });
  await jihun.api.reviews.writeReview({
    params: { groupId: groups.algorithm, accountId: mina.id },
    body: { score: 5, text: '꾸준함이 전염돼요.' },
  });
  let open = '';
  for (const { by, body } of recruiting) {
    const dates = { startDate: dayOf(until + 3 * day), endDate: dayOf(until + 33 * day) };
    await place.pause();
    const { id } = await people[by].api.groups.createGroup({ body: { ...body, tags: [...body.tags], ...dates } });
    if (by === 'hana') open = id;
    if (by === 'taeo') await join(place, id, doyun, minjae);
  }
  await mina.api.discovery.likeGroup({ params: { groupId: open } });
  // Who wants to come in from now on asks first.
  const { group } = await mina.api.groups.getOwnGroup({ params: { groupId: groups.algorithm } });
  const body = { joinPolicy: 'APPLY', notice: '이번 주는 그래프 탐색이에요. 토요일 밤 9시에 같이 풀어요.' } as const;
  await mina.api.groups.editGroup({ params: { groupId: groups.algorithm }, ifMatch: group.version, body });
  await apply(
    place,
    soi,
    groups.algorithm,
    '비전공자라 알고리즘이 늘 무서웠는데, 하루 한 문제면 할 수 있을 것 같아요.',
  );
  await apply(place, minjae, groups.algorithm, '평일 밤 10시에 한 시간씩 풀고 있어요. 함께하고 싶어요!');
  await apply(place, soi, groups.study, '퇴근하고 매일 한 시간씩 낼 수 있어요.');
  return { plan: plan.id, open };
}

/**
 * Fills moim up to an instant. The clock must stand at `beginOf` it, and stands there afterwards.
 *
 * @throws Error or ProblemError for whatever does not go as it should: half a demo helps nobody
 */
export async function fill(place: Place, until: number): Promise<Filled> {
  const people = await everybody(place);
  await takePart(Object.values(people));
  const { mina, seoyeon, jihun } = people;
  const { over, ...challenges } = await foundChallenges(place, people, until);
  const others = await foundStudyAndClub(place, people, until);
  await place.settle();
  await live(place, people, until, { ...challenges, climbing: others.climbing });

  // The day that is looked at: a part of it lies behind, whatever hour it is.
  const today = midnightOf(until);
  const moment = (share: number) => Math.round(today + (until - today) * share);
  await place.moveTo(moment(0.2));
  const ended = await finish(place, people, until, { ...others, ...challenges, over });
  await giveMissions(place, people, { ...others, ...challenges }, today);
  await talk(place, people, others.study, today);
  await place.moveTo(moment(0.45));
  const at = daysLived;
  const ofToday = { habits: algorithm, groupId: challenges.algorithm, at, width: 640 };
  await certifyAll(place, people, { ...ofToday, only: ['seoyeon'] });
  await certifyAll(place, people, { ...ofToday, groupId: challenges.reading, habits: reading, only: ['mina', 'yuna'] });
  await place.settle();
  await approveAll(place, mina, challenges.algorithm);
  await approveAll(place, seoyeon, challenges.reading);
  const { mina: m, hana, haeun } = people;
  await cheer(place, challenges.algorithm, [
    [m, 'HEART'],
    [jihun, 'FIRE'],
    [hana, 'HEART'],
    [haeun, 'CLAP'],
  ]);
  await place.moveTo(moment(0.8));
  await certifyAll(place, people, { ...ofToday, only: ['jihun'] });
  await place.moveTo(moment(0.95));
  await certifyAll(place, people, { ...ofToday, only: ['hana', 'haeun'] });
  await place.settle();
  await jihun.api.notifications
    .readNotifications({ body: { until: new Date(place.now()).toISOString() } })
    .catch(() => {});
  await place.moveTo(until);
  await place.settle();
  return { ...challenges, ...others, ...ended };
}

/** Whom one can sign in as, for those who have just started it. */
export const signInsOf = (site: string): string =>
  [
    'Filled with people and groups that have lived for two weeks. Sign in as',
    `  ${emailOf('mina')}      미나 leads a challenge: photos to look at, people who apply`,
    `  ${emailOf('jihun')}     지훈 leads a study`,
    `  ${emailOf('taeo')}      태오 leads a club`,
    `  ${emailOf('doyun')}     도윤 leads a club that climbs: records, a season, a ranking`,
    `  ${emailOf('hana')}      Hana is a member, and reads English`,
    `  ${emailOf('soi')}       소이 is new, and has applied`,
    `with the password ${password}   at ${site}/sign-in`,
  ].join('\n');
