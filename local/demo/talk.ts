/** What the people of the study say to each other: in their room, on their board, in a poll. */
import { randomUUID } from 'node:crypto';
import type { Person, Place } from './people.ts';
import { askOnce } from './polls.ts';
import { writePosts } from './posts.ts';
import type { Name } from './words.ts';

type People = Readonly<Record<Name, Person>>;

/** In the order in which it is said: a message names the one that its author has seen last. */
async function chat(place: Place, { jihun, yuna, mina, minjae }: People, groupId: string): Promise<void> {
  const said: readonly (readonly [Person, string])[] = [
    [jihun, '다들 3장 예제 어디까지 푸셨어요?'],
    [yuna, '저는 조인에서 막혔어요 😅 글로 남겨 뒀어요.'],
    [minjae, '토요일 오전에 도서관에서 같이 보면 어때요?'],
    [mina, '좋아요! 기출문제 뽑아 갈게요.'],
    [jihun, '그럼 투표로 시간 정해요. 방금 올렸어요.'],
  ];
  for (const [after, [{ api }, text]] of said.entries()) {
    await place.pause();
    const body = { clientId: randomUUID(), after, text };
    await api.chat.sendMessage({ params: { groupId, roomId: groupId }, body });
  }
}

/** @param midnight the beginning of the day that is looked at */
export async function talk(place: Place, people: People, groupId: string, midnight: number): Promise<void> {
  await writePosts(place, people, groupId);
  await askOnce(place, people, groupId, midnight);
  await chat(place, people, groupId);
}
