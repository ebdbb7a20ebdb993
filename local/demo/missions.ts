/** Missions of the study and the club, what people have done of them, and who cheers. */
import type { Person, Place } from './people.ts';
import type { Name } from './words.ts';

const day = 86_400_000;
const hour = 3_600_000;

type People = Readonly<Record<Name, Person>>;
interface Groups {
  readonly study: string;
  readonly club: string;
  readonly algorithm: string;
}

/** @param midnight the beginning of the day that is looked at */
export async function giveMissions(place: Place, people: People, { study, club }: Groups, midnight: number) {
  const { jihun, taeo, mina, yuna, minjae } = people;
  await jihun.api.missions.createMission({
    params: { groupId: study },
    body: {
      ...{ kind: 'REPEAT', way: 'CHECKLIST', title: '이번 단원 혼자 풀기', approval: 'AUTO' },
      content: '다 못 풀어도 괜찮아요. 어디까지 했는지만 남겨요.',
      checklist: [
        { text: '기출 다섯 문제 풀기', photo: true },
        { text: '틀린 문제에 이유 적기' },
        { text: '질문 하나 골라 두기' },
      ],
      ...{ weekdays: [1, 4], timesPerWeek: 2, perDayLimit: 1 },
    },
  });
  await place.pause();
  const notes = await jihun.api.missions.createMission({
    params: { groupId: study },
    body: {
      ...{ kind: 'ONCE', way: 'TEXT', title: 'SQL 오답 노트 나누기', approval: 'AUTO' },
      rule: '틀린 까닭을 한 줄이라도 적어요.',
      dueAt: new Date(midnight + 2 * day + 21 * hour).toISOString(),
    },
  });
  await place.pause();
  await taeo.api.missions.createMission({
    params: { groupId: club },
    body: {
      ...{ kind: 'ONCE', way: 'PHOTO', title: '반포까지 8km 함께 달리기' },
      content: '속도는 맨 뒤에 맞춰요.',
      dueAt: new Date(midnight + day + 12 * hour).toISOString(),
    },
  });
  const params = { groupId: study, missionId: notes.id };
  const texts = [
    [jihun, 'JOIN 조건을 WHERE에 적어서 틀렸어요. ON과 WHERE의 순서를 그림으로 정리했어요.'],
    [yuna, 'GROUP BY에 없는 열을 SELECT 했어요. 이제 안 잊을 것 같아요!'],
  ] as const;
  for (const [person, text] of texts) {
    await place.pause();
    await person.api.certifications.submitCertification({ params, body: { text } });
  }
  await minjae.api.certifications.skipMission({
    params,
    body: { reason: '이번 주는 출장이라 다음 주에 같이 할게요.' },
  });
  await place.settle();
  await cheer(place, study, [
    [mina, 'CLAP'],
    [mina, 'HEART'],
    [minjae, 'CLAP'],
  ]);
}

type Sign = 'HEART' | 'CLAP' | 'FIRE' | 'SMILE' | 'CRY' | 'STAR';

/** Cheers for what was approved last in a group. */
export async function cheer(place: Place, groupId: string, signs: readonly (readonly [Person, Sign])[]) {
  for (const [{ api, id }, kind] of signs) {
    await place.pause();
    const { items } = await api.certifications.listCertifications({
      params: { groupId },
      query: { status: 'APPROVED', limit: 5 },
    });
    const of = items.find(({ author }) => author.id !== id);
    if (of) await api.cheers.cheer({ params: { groupId, certificationId: of.id }, body: { kind } });
  }
}
