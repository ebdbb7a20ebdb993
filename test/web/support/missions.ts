/** A group with missions of several ways, in several states, days off that somebody asks for, and certifications that wait. */
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { certify, found } from '../../support/scene.ts';

const items = [
  { text: '기출 다섯 문제 풀기', photo: true },
  { text: '틀린 문제에 이유 적기' },
  { text: '질문 하나 골라 두기' },
];

export interface Doing {
  readonly groupId: string;
  readonly path: string;
  /** The one that its frequency implies. */
  readonly missionId: string;
  readonly checklistId: string;
  readonly onceId: string;
  readonly jihun: Person;
  /** Has done nothing of it today. */
  readonly hana: Person;
}

/** What was made, or why it was not. */
export async function made<T extends { id: string }>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}

/** @param leader leads it; three others are in it */
export async function doing(moim: Moim, leader: Person): Promise<Doing> {
  const people = await Promise.all(['지훈', '서연', '하나'].map((name) => someone(moim, name)));
  const [jihun, seoyeon, hana] = people as [Person, Person, Person];
  const startDate = new Date(moim.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const more = {
    startDate,
    title: '정보처리기사 실기, 여섯 주',
    certificationRule: '풀이가 보이게 찍어요',
    excusesNeedApproval: true,
  };
  const group = await found(leader, more, ...people);
  const missions = `${group.path}/missions`;
  const checklist = await made(
    leader.post(missions, {
      ...{ kind: 'REPEAT', way: 'CHECKLIST', title: '이번 단원 혼자 풀기', frequency: { every: 'DAY' } },
      ...{ content: '다 못 풀어도 괜찮아요. 어디까지 했는지만 남겨요.', checklist: items, approval: 'AUTO' },
    }),
  );
  const dueAt = new Date(moim.clock.now() + 2 * 86_400_000).toISOString();
  const once = await made(
    leader.post(missions, { kind: 'ONCE', way: 'TEXT', title: 'SQL 오답 노트 나누기', approval: 'AUTO', dueAt }),
  );
  const over = await made(leader.post(missions, { kind: 'ONCE', way: 'LINK', title: '좋은 강의 하나 고르기' }));
  await leader.post(`${missions}/${over.id}/end`, {}, { 'if-match': '"1"' });
  await made(jihun.post(`${missions}/${once.id}/certifications`, { text: 'JOIN 조건을 그림으로 정리했어요.' }));
  await made(hana.post(`${missions}/${once.id}/skips`, { reason: '이번 주는 출장이에요' }));
  for (const person of [jihun, seoyeon]) {
    await moim.clock.advance(7000);
    await made(certify(person, group));
  }
  const from = new Date(moim.clock.now() + 86_400_000).toISOString().slice(0, 10);
  await made(seoyeon.post(`${group.path}/excuses`, { from, until: from, reason: '가족 여행을 다녀와요' }));
  await made(leader.post(`${group.path}/excuses`, { from, until: from, reason: '병원에 가요' }));
  await moim.settle();
  const { body: feed } = await leader.get(`${group.path}/certifications?status=APPROVED`);
  await leader.put(`${group.path}/certifications/${feed.items[0].id}/cheers/me`, { kind: 'CLAP' });
  await seoyeon.put(`${group.path}/certifications/${feed.items[0].id}/cheers/me`, { kind: 'CLAP' });
  await hana.put(`${group.path}/certifications/${feed.items[0].id}/cheers/me`, { kind: 'HEART' });
  await moim.settle();
  return { ...group, checklistId: checklist.id, onceId: once.id, jihun, hana };
}
