/** Polls in a group: one that is asked, one in which its leader has voted, one that has ended, one in which nobody has voted. */
import type { Moim, Person } from '../../support/moim.ts';
import { type Doing, made } from './missions.ts';

export interface Polls {
  readonly openId: string;
  readonly votedId: string;
  readonly closedId: string;
  readonly ownId: string;
}

type Asked = { id: string; choices: { id: string }[] };

export async function polled(moim: Moim, leader: Person, { path, jihun, hana }: Doing): Promise<Polls> {
  const closesAt = new Date(moim.clock.now() + 3 * 86_400_000).toISOString();
  const ask = (who: Person, body: object) => made<Asked>(who.post(`${path}/polls`, body));
  const vote = async (who: Person, { id, choices }: Asked, ...places: number[]) => {
    const { status } = await who.put(`${path}/polls/${id}/ballot`, { choiceIds: places.map((at) => choices[at]!.id) });
    if (status !== 204) throw new Error(`the vote was answered ${status}`);
  };
  const closed = await ask(jihun, { question: '첫 모임은 어디에서 할까요?', choices: ['학교 앞 카페', '온라인'] });
  await vote(jihun, closed, 0);
  await vote(hana, closed, 0);
  await vote(leader, closed, 1);
  await jihun.post(`${path}/polls/${closed.id}/close`);
  await moim.clock.advance(60_000);
  const open = await ask(hana, {
    question: '시험 끝나고 하고 싶은 걸 모두 골라 주세요',
    choices: ['저녁 같이 먹기', '한강 산책', '회고 모임', '아무것도 안 하고 푹 쉬기'],
    ...{ multiple: true, anonymous: true, results: 'AFTER_VOTE', closesAt },
  });
  await vote(jihun, open, 0, 2);
  const voted = await ask(jihun, {
    question: '다음 모의고사는 언제가 좋을까요?',
    choices: ['토요일 오전', '토요일 오후', '일요일 저녁'],
  });
  await vote(jihun, voted, 0);
  await vote(hana, voted, 2);
  await vote(leader, voted, 2);
  await moim.clock.advance(60_000);
  const own = await ask(leader, { question: '이번 주 발표는 누가 할까요?', choices: ['지훈', '서연', '하나'] });
  await moim.settle();
  return { openId: open.id, votedId: voted.id, closedId: closed.id, ownId: own.id };
}
