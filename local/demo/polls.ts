/** A poll of the study that is open, in which some have voted. */
import type { Person, Place } from './people.ts';
import type { Name } from './words.ts';

const day = 86_400_000;
const hour = 3_600_000;

/** @param midnight the beginning of the day that is looked at */
export async function askOnce(
  place: Place,
  { jihun, yuna, mina }: Readonly<Record<Name, Person>>,
  groupId: string,
  midnight: number,
) {
  await place.pause();
  const { id: pollId, choices } = await jihun.api.polls.makePoll({
    params: { groupId },
    body: {
      question: '다음 모의고사는 언제 같이 볼까요?',
      choices: ['토요일 오전', '토요일 오후', '일요일 저녁'],
      closesAt: new Date(midnight + 3 * day + 21 * hour).toISOString(),
    },
  });
  for (const [{ api }, at] of [[jihun, 0] as const, [yuna, 2] as const, [mina, 2] as const]) {
    await place.pause();
    await api.polls.vote({ params: { groupId, pollId }, body: { choiceIds: [choices[at]!.id] } });
  }
}
