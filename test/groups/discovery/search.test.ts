import { useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { idsOf, pagesOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim({ lists: true });
const search = async (text: string, more = '') =>
  idsOf(await pagesOf(moim.guest, `/v1/groups?text=${encodeURIComponent(text)}${more}`, 20));

test('row 35: Korean and English are found in title, tags, recruit post and description, in any case and width', async () => {
  const ari = await someone(moim);
  const { groupId } = await found(ari, {
    title: '매일 알고리즘 스터디 ＡＢＣ',
    description: 'We solve (graph) problems. 초보 환영!',
    recruit: { title: '여름방학 동안 같이 풀 분을 찾습니다', target: '대학생 누구나' },
    tags: ['PYTHON', 'CI_CD'],
  });
  await moim.settle();
  const terms = [
    '알고리즘',
    '고리',
    '리즘 스터',
    'abc',
    'Abc',
    'pyth',
    'CI_CD',
    'GRAPH',
    '초보',
    '환영!',
    '대학생',
    '여름방학',
    '매일 알',
  ];

  const answers = await Promise.all(terms.map((term) => search(term)));
  const others = await Promise.all(['자바', '알고스터디', 'graphic', '스터디 매주'].map((term) => search(term)));

  expect(answers).toEqual(terms.map(() => [groupId]));
  expect(others).toEqual([[], [], [], []]);
});

test('row 35 (groups.md 4, public reports 61): every place of a recruiting text, one character, words apart, a syllable half typed', async () => {
  const ari = await someone(moim);
  const { groupId } = await found(ari, {
    title: '정처기 실기 스터디',
    description:
      '정보처리기사 실기를 같이 준비해요. 강남역 근처에서 모이고 하루에 문제 열 개를 풉니다. 비전공자도 괜찮아요!\n결석은 두 번까지, 끝까지 완주하실 분. 온라인은 디스코드로 시작합니다🔥 책은 각자.',
    recruit: { target: '취업준비생' },
  });
  await moim.settle();
  const terms = [
    '기사',
    '처리기사',
    '문제',
    '결석',
    '전공자',
    '완주',
    '온라인',
    '디스코드',
    '준비생',
    '책',
    '시',
    '🔥',
  ];
  const together = ['강남 정처기', '정처기 스터디', '책 정처', '준비생 🔥', '디스코드 강남역 결석'];
  const halfTyped = ['처리ㄱ', '디스ㅋ', '강남ㅇ', '정처기 스ㅌ'];

  const answers: Record<string, string[]> = {};
  for (const term of [...terms, ...together, ...halfTyped]) answers[term] = await search(term);
  const others = [];
  for (const term of ['춤', '강남 토익', '처리ㄴ', '문결', 'ㅈㅊㄱ', '디스코드🔥'])
    others.push(...(await search(term)));

  for (const [term, ids] of Object.entries(answers)) expect([term, ids]).toEqual([term, [groupId]]);
  expect(others).toEqual([]);
});

test('row 35: a group is found within a second of its founding, and by its new words alone within a second of an edit', async () => {
  const ari = await someone(moim);
  const started = moim.clock.now();
  const { groupId, path } = await found(ari, { title: 'Violin for beginners', tags: ['BOOKS'] });

  // What needs no time at all settles while the clock stands.
  await moim.settle();
  const founded = await search('violin');
  await ari.patch(path, { title: 'Cello for beginners', tags: [] });
  await moim.settle();

  expect(moim.clock.now() - started).toBeLessThan(1000);
  expect(founded).toEqual([groupId]);
  expect(await Promise.all(['cello', 'violin', 'books', 'beginners'].map((text) => search(text)))).toEqual([
    [groupId],
    [],
    [],
    [groupId],
  ]);
  await ari.patch(path, { title: 'Violin for beginners' });
  await moim.settle();
  expect([await search('violin'), await search('cello')]).toEqual([[groupId], []]);
});

test('row 35: the longest group there can be is found by all its words', async () => {
  const ari = await someone(moim);
  const letters = Array.from({ length: 500 }, (_, i) => String.fromCodePoint(0xac00 + i * 11));
  const longest = {
    title: letters.slice(0, 50).join(''),
    description: letters.slice(0, 450).join(' '),
    recruit: { target: letters.slice(400).join('') },
    tags: ['CERTIFICATE', 'JAVASCRIPT', 'EARLY_BIRD'],
    audience: 'HIGH',
  };
  const { groupId, path } = await found(ari, longest);
  await moim.settle();

  const changed = await ari.patch(path, {
    title: letters.slice(200, 250).join(''),
    description: letters.slice(0, 499).reverse().join(' '),
    tags: ['INTERVIEW', 'ALGORITHM', 'DATABASE'],
    category: 'MATH',
  });
  await moim.settle();

  expect(changed.status).toBe(200);
  expect(await search(letters.slice(205, 208).join(''))).toEqual([groupId]);
  expect(await search(letters.slice(5, 8).join(''))).toEqual([]);
  const [listed] = await itemsOf(moim, 'Listed', { groupId });
  const [indexed] = await itemsOf(moim, 'Indexed', { groupId });
  const standing = async (kind: string) => (await itemsOf(moim, kind, { groupId })).filter(({ until }) => !until);
  const entries = await standing('Listing');
  expect(entries).toHaveLength(4 * listed.facets.length);
  expect(entries.every(({ traits }) => traits.includes('category:MATH'))).toBe(true);
  expect((await standing('Word')).map(({ word }) => word).sort()).toEqual([...indexed.words].sort());
});

test('rows 33, 35: a search in another order pages through the order of its first page', async () => {
  const [ari, bora] = await crowd(moim, 2);
  const groups: { groupId: string; path: string }[] = [];
  for (let i = 0; i < 7; i++) {
    groups.push(await found(ari!, { title: `Pottery ${i}` }));
    await moim.clock.advance(1);
  }
  await moim.settle();
  await bora!.put(`${groups[3]!.path}/like`);
  const first = await moim.guest.get('/v1/groups?text=pottery&sort=LIKES&limit=3');

  // A group that was shown goes down, one that was not goes up: neither comes twice or is missed.
  await bora!.delete(`${groups[3]!.path}/like`);
  await ari!.put(`${groups[0]!.path}/like`);
  const rest = await pagesOf(moim.guest, `/v1/groups?text=pottery&sort=LIKES&cursor=${first.body.nextCursor}`, 10);

  const [a, b, c, d, e, f, g] = groups.map(({ groupId }) => groupId);
  expect([...idsOf([first.body.items]), ...idsOf(rest)]).toEqual([d, g, f, e, c, b, a]);
});
