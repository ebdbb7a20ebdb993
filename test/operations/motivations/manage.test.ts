/** Row 112: administrators manage the texts that encourage people in reminders. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { administer, crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const path = '/v1/admin/motivations';
const words = { ko: '천천히 해도 괜찮아요.', en: 'Take your time.', variant: 'ANY_DAY' };
let admin: Person;
let other: Person;
let someone: Person;
beforeAll(async () => {
  [admin, other, someone] = (await crowd(moim, 3)) as [Person, Person, Person];
  await administer(moim, admin);
  await administer(moim, other);
});
interface Text {
  readonly id: string;
  readonly ko: string;
  readonly en: string;
  readonly variant: string;
  readonly shipped: boolean;
}
const listed = async (): Promise<Text[]> => (await admin.get(path)).body.items;

test('row 112: moim comes with texts in both languages, also for Mondays and Sundays', async () => {
  const texts = await listed();

  for (const variant of ['ANY_DAY', 'MONDAY', 'SUNDAY'])
    expect(texts.filter((text) => text.variant === variant && text.shipped).length).toBeGreaterThanOrEqual(3);
  expect(texts.every(({ ko, en }) => /[가-힣]/.test(ko) && /[a-z]/.test(en))).toBe(true);
  // Polite and warm, as everything that moim says.
  expect(texts.filter(({ ko }) => !/[요][.?!]$/.test(ko))).toEqual([]);
});

test('row 112: a text is added once, changed, and deleted; each is recorded', async () => {
  const before = await listed();
  const again = key();
  const replies = [await admin.post(path, words, again), await admin.post(path, words, again)];
  const { id } = replies[0]!.body as Text;

  expect(replies.map(({ status }) => status)).toEqual([201, 201]);
  expect(await listed()).toEqual([...before, { id, ...words, shipped: false }]);

  const changed = { ko: '서두르지 않아도 돼요.', en: 'No hurry.', variant: 'SUNDAY' };
  const edits = [1, 2].map(() => admin.send('PUT', `${path}/${id}`, { body: changed }));
  expect((await Promise.all(edits)).map(outcome)).toEqual([200, 200]);
  expect(await listed()).toEqual([...before, { id, ...changed, shipped: false }]);

  expect([await admin.delete(`${path}/${id}`), await admin.delete(`${path}/${id}`)].map(outcome)).toEqual([204, 204]);
  expect(await listed()).toEqual(before);
  const decisions = await itemsOf(moim, 'Decision', { scopeId: 'motivations' });
  const records = decisions.map(({ subject, by, before: from, after }) => [subject, by, from, after]);
  const of = [`motivation:${id}`, admin.id];
  expect(records).toContainEqual([...of, 'NONE', words.ko]);
  expect(records).toContainEqual([...of, words.ko, changed.ko]);
  expect(records).toContainEqual([...of, changed.ko, 'NONE']);
});

test('row 112: a shipped text can be put in other words, and does not come back once it is deleted', async () => {
  const [first, second] = (await listed()) as [Text, Text];

  expect(outcome(await admin.send('PUT', `${path}/${first.id}`, { body: words }))).toBe(200);
  expect(outcome(await admin.delete(`${path}/${second.id}`))).toBe(204);

  const texts = await listed();
  expect(texts[0]).toEqual({ id: first.id, ...words, shipped: true });
  expect(texts.map(({ id }) => id)).not.toContain(second.id);
  expect(outcome(await admin.send('PUT', `${path}/${second.id}`, { body: words }))).toBe('NOT_FOUND');
});

test('two administrators at once lose nothing', async () => {
  const before = (await listed()).length;
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, n) => [admin, other][n % 2]!.post(path, { ...words, en: `Number ${n}.` })),
  );

  expect(replies.map(outcome)).toEqual(Array(8).fill(201));
  expect(await listed()).toHaveLength(before + 8);
});

test('there are at most 200, also when several add the last one', async () => {
  const missing = 198 - (await listed()).length;
  for (let n = 0; n < missing; n++) await admin.post(path, { ...words, en: `Filled ${n}.` });
  const replies = await Promise.all([1, 2, 3, 4].map((n) => admin.post(path, { ...words, en: `Last ${n}.` })));

  expect(replies.map(outcome).toSorted()).toEqual([201, 201, 'MOTIVATION_LIMIT', 'MOTIVATION_LIMIT']);
  expect(await listed()).toHaveLength(200);
});

test('nobody else is told anything, and words are one line in both languages', async () => {
  const [{ id }] = (await listed()) as [Text];
  const asked = await Promise.all([
    someone.get(path),
    someone.post(path, words),
    someone.send('PUT', `${path}/${id}`, { body: words }),
    someone.delete(`${path}/${id}`),
  ]);
  expect(asked.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);

  const wrong = [
    { ...words, ko: '' },
    { ...words, en: 'a\nb' },
    { ko: 'a', en: 'b' },
    { ...words, variant: 'FRIDAY' },
  ];
  const refused = await Promise.all(wrong.map((body) => admin.post(path, body)));
  expect(refused.map(outcome)).toEqual(Array(4).fill('INVALID_REQUEST'));
});
