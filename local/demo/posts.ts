/** What the people of the study say on its board: a notice, a question with code, and answers. */
import type { Person, Place } from './people.ts';
import type { Name } from './words.ts';

const question = [
  '부서가 없는 사람도 세고 싶은데 **0이 아니라 1**이 나와요.',
  '',
  '```sql',
  'SELECT d.name, count(*) -- 여기?',
  'FROM dept d',
  'LEFT JOIN emp e ON e.dept = d.id',
  'GROUP BY d.name;',
  '```',
].join('\n');

export async function writePosts(
  place: Place,
  { jihun, yuna, mina, minjae }: Readonly<Record<Name, Person>>,
  groupId: string,
): Promise<void> {
  const params = { groupId };
  const write = async ({ api }: Person, body: { kind: 'POST' | 'NOTICE'; title: string; body: string }) => {
    await place.pause();
    return api.posts.writePost({ params, body });
  };
  const comment = async ({ api }: Person, on: string, text: string) => {
    await place.pause();
    await api.comments.writeComment({ params, body: { on, text } });
  };
  await write(jihun, {
    ...{ kind: 'NOTICE', title: '이번 주 범위: 3장 SQL 응용' },
    body: '1. 예제 먼저\n2. 기출은 주말에 함께\n\n> 못 푼 문제는 그대로 올려도 괜찮아요.',
  });
  const { id } = await write(yuna, { kind: 'POST', title: 'LEFT JOIN에서 count가 이상해요', body: question });
  await comment(jihun, `post:${id}`, 'count(e.id)로 세어 보세요. NULL은 세지 않아요!');
  await comment(yuna, `post:${id}`, '됐어요, 고마워요 🙌');
  await write(minjae, { kind: 'POST', title: '토요일 오전에 같이 하실 분', body: '도서관 3층에 자리 맡아 둘게요.' });
  const { items } = await mina.api.certifications.listCertifications({
    params,
    query: { status: 'APPROVED', limit: 1 },
  });
  if (items[0]) await comment(mina, `certification:${items[0].id}`, '그림이 정말 이해하기 쉬워요!');
}
