/** What people have written on the board of a group: notices, one with an answer to it, and a post with code. */
import type { Moim, Person } from '../../support/moim.ts';
import { type Doing, made } from './missions.ts';

export interface Written {
  /** Of the leader; Jihun has read it. */
  readonly noticeId: string;
  /** Of Jihun, with code and two comments. */
  readonly postId: string;
}

const code = [
  '`NULL`이 섞이면 결과가 이상해요. **어디가 틀렸을까요?**',
  '',
  '```sql',
  'SELECT name, count(*) AS n',
  'FROM answers -- 오답만',
  "WHERE result <> 'OK'",
  'GROUP BY name;',
  '```',
  '',
  '- 예제 3번',
  '- [풀이](https://example.com/3)',
].join('\n');

export async function board(moim: Moim, leader: Person, { path, jihun, hana }: Doing): Promise<Written> {
  const write = async (who: Person, post: object) => {
    await moim.clock.advance(60_000);
    return made(who.post(`${path}/posts`, post));
  };
  await leader.put(`${path}/members/${jihun.id}/role`, { role: 'MANAGER' });
  await write(jihun, { kind: 'NOTICE', title: '첫 모임은 금요일 밤 9시', body: '화면을 켜고 십 분만 인사해요.' });
  const notice = await write(leader, {
    ...{ kind: 'NOTICE', title: '이번 주 범위: SQL 응용' },
    body: '**3장**까지 풀어요.\n\n1. 예제 먼저\n2. 기출은 주말에\n\n> 못 푼 문제는 그대로 올려도 괜찮아요.',
  });
  const post = await write(jihun, { title: 'GROUP BY 질문이 있어요', body: code });
  await write(hana, { title: '오늘은 도서관 3층', body: '조용하고 콘센트도 많아요. 같이 앉을 분?' });
  await jihun.get(`${path}/posts/${notice.id}`);
  const on = `post:${post.id}`;
  await moim.clock.advance(60_000);
  await made(leader.post(`${path}/comments`, { on, text: '`<>`는 NULL을 빼 버려요.\nIS DISTINCT FROM을 써 보세요!' }));
  await moim.clock.advance(60_000);
  await made(hana.post(`${path}/comments`, { on, text: '저도 같은 데서 막혔어요 😅' }));
  const { body: feed } = await leader.get(`${path}/certifications?status=APPROVED`);
  await made(hana.post(`${path}/comments`, { on: `certification:${feed.items[0].id}`, text: '글씨가 정말 예뻐요!' }));
  await moim.settle();
  return { noticeId: notice.id, postId: post.id };
}
