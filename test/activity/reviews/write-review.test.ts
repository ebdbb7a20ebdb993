import fc from 'fast-check';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { costOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const own = '/v1/accounts/me/reviews';

interface Here {
  readonly groupId: string;
  readonly path: string;
}
const review = (by: Person, { path }: Here, about: Person, score: number, text = 'Always there') =>
  by.send<{ code: string }>('PUT', `${path}/reviews/${about.id}`, { body: { score, text } });
const remove = (by: Person, { path }: Here, about: Person) => by.delete(`${path}/reviews/${about.id}`);
const reputationOf = async (person: Person) => (await person.get(`/v1/accounts/${person.id}`)).body.reviews;
const received = async (person: Person) => (await pagesOf(person, `${own}/received`, 50)).flat();
/** As `review`, again where somebody else was first. */
async function surely(act: () => ReturnType<typeof review>): Promise<Awaited<ReturnType<typeof review>>> {
  const reply = await act();
  return outcome(reply) === 'TRY_AGAIN' ? surely(act) : reply;
}

test('row 69: a member reviews another; the writer sees it whole, the reviewed without who, where and when', async () => {
  const [leader, ari, bora] = [await someone(moim), await someone(moim, 'ari'), await someone(moim, 'bora')];
  const here = await found(leader, {}, ari, bora);

  const written = await review(ari, here, bora, 8, 'Never late');
  const cost = costOf(moim, 'writeReview');
  const { body: mine } = await ari.get(own);
  const { body: about } = await bora.get(`${own}/received`);

  const whole = {
    groupId: here.groupId,
    account: { id: bora.id, nickname: 'bora' },
    score: 8,
    text: 'Never late',
    writtenAt: '2026-03-02T03:00:00.000Z',
  };
  expect([written.status, written.body]).toEqual([200, whole]);
  expect(mine).toEqual({ items: [whole], nextCursor: null });
  expect(about).toEqual({ items: [{ score: 8, text: 'Never late', month: '2026-03' }], nextCursor: null });
  expect(await reputationOf(bora)).toEqual({ average: 8, count: 1 });
  expect(await reputationOf(ari)).toEqual({ average: null, count: 0 });
  // One look, one transaction: three checks, review, note, score and the day's count.
  expect(cost).toEqual({ requests: 2, roundTrips: 2, readUnits: 7, writeUnits: 14 });
  expect(costOf(moim, 'listWrittenReviews')).toMatchObject({ requests: 3, roundTrips: 2 });
  expect(costOf(moim, 'listReceivedReviews')).toMatchObject({ requests: 2, roundTrips: 1 });
  // With whether the reader has blocked the person.
  expect(costOf(moim, 'getProfile')).toMatchObject({ requests: 1, readUnits: 5 });
});

test('row 69: what is stored of a review where it can be listed names no writer, no group and no time', async () => {
  const [leader, ari, bora] = await crowd(moim, 3);
  const here = await found(leader!, {}, ari!, bora!);
  for (const writer of [leader!, ari!]) await review(writer, here, bora!, 5);

  const stored = await itemsOf(moim, 'Review', { accountId: bora!.id });
  const { body } = await bora!.get(`${own}/received?limit=1`);

  const cursor = Buffer.from(body.nextCursor, 'base64url').toString();
  for (const hidden of [ari!.id, leader!.id, here.groupId, '2026-03-02'])
    expect(`${JSON.stringify(stored)} ${cursor}`).not.toContain(hidden);
  expect(stored).toHaveLength(2);
});

test('row 69: one per group and person; writing again replaces it, taking it back leaves nothing', async () => {
  const [leader, ari, bora] = await crowd(moim, 3);
  const here = await found(leader!, {}, ari!, bora!);
  const there = await found(leader!, {}, ari!, bora!);

  await review(ari!, here, bora!, 3);
  await review(ari!, here, bora!, 10, 'On second thought');
  await review(ari!, there, bora!, 9);
  await review(leader!, here, bora!, 9);
  const three = await reputationOf(bora!);
  const texts = (await received(bora!)).map(({ text }) => text).toSorted();
  const gone = [await remove(ari!, here, bora!), await remove(ari!, here, bora!)];

  // (10 + 9 + 9) / 3
  expect(three).toEqual({ average: 9.33, count: 3 });
  expect(texts).toEqual(['Always there', 'Always there', 'On second thought']);
  expect(gone.map(outcome)).toEqual([204, 'NOT_FOUND']);
  expect(await reputationOf(bora!)).toEqual({ average: 9, count: 2 });
  expect((await ari!.get(own)).body.items).toMatchObject([{ groupId: there.groupId, score: 9 }]);
});

test('row 69: not oneself, not before it begins, not outside the group or after a removal; who left may', async () => {
  const [leader, ari, bora, left, kicked, outsider] = await crowd(moim, 6);
  const here = await found(leader!, {}, ari!, bora!, left!, kicked!);
  await leave(left!, here);
  await kick(leader!, here, kicked!);
  const later = await found(leader!, { startDate: '2026-03-09' }, ari!);

  const replies = {
    oneself: await review(ari!, here, ari!, 10),
    early: await review(ari!, later, leader!, 10),
    outsider: await review(outsider!, here, ari!, 10),
    ofOutsider: await review(ari!, here, outsider!, 10),
    kicked: await review(kicked!, here, ari!, 1),
    ofKicked: await review(ari!, here, kicked!, 1),
    elsewhere: await review(bora!, later, ari!, 10),
    left: await review(left!, here, ari!, 7),
    ofLeft: await review(ari!, here, left!, 7),
    nobody: await ari!.send('PUT', `${here.path}/reviews/01900000-0000-7000-8000-000000000000`, { body: { score: 1 } }),
    guest: await moim.guest.send('PUT', `${here.path}/reviews/${ari!.id}`, { body: { score: 1 } }),
  };

  expect(Object.fromEntries(Object.entries(replies).map(([name, reply]) => [name, outcome(reply as never)]))).toEqual({
    oneself: 'INVALID_REQUEST',
    early: 'NOT_APPLICABLE',
    outsider: 'NOT_FOUND',
    ofOutsider: 'NOT_FOUND',
    kicked: 'NOT_FOUND',
    ofKicked: 'NOT_FOUND',
    elsewhere: 'NOT_FOUND',
    left: 200,
    ofLeft: 200,
    nobody: 'NOT_FOUND',
    guest: undefined,
  });
});

test('row 69: a score from 1 to 10, and at most 1,000 characters', async () => {
  const [leader, ari] = await crowd(moim, 2);
  const here = await found(leader!, {}, ari!);

  const replies = [
    await review(ari!, here, leader!, 0),
    await review(ari!, here, leader!, 11),
    await review(ari!, here, leader!, 5.5),
    await review(ari!, here, leader!, 5, '가'.repeat(1001)),
    await review(ari!, here, leader!, 5, '가'.repeat(1000)),
    await review(ari!, here, leader!, 1, ''),
  ];

  expect(replies.map(outcome)).toEqual([...Array(4).fill('INVALID_REQUEST'), 200, 200]);
});

test('row 69, report 10: many who write over one review at once, and over each other: the sum never drifts', async () => {
  const [leader, reviewed, ...writers] = await crowd(moim, 6);
  const here = await found(leader!, {}, reviewed!, ...writers);
  for (const writer of writers) await review(writer, here, reviewed!, 5);

  const rounds = [];
  for (let round = 1; round <= runs(2); round++) {
    const race = await Promise.all(
      writers.flatMap((writer) => [1, 2].map((n) => review(writer, here, reviewed!, ((round + n) % 10) + 1))),
    );
    const standing = (await received(reviewed!)).map(({ score }) => score);
    const [score] = await itemsOf(moim, 'ReviewScore', { accountId: reviewed!.id });
    rounds.push({
      known: race.every((reply) => outcome(reply) === 200),
      drift: score.sum - standing.reduce((sum, one) => sum + one, 0),
      count: [score.count, standing.length],
    });
  }

  expect(rounds).toEqual(Array(runs(2)).fill({ known: true, drift: 0, count: [4, 4] }));
});

test('row 69: a first review that comes five times at once is one', async () => {
  const [leader, ari] = await crowd(moim, 2);
  const here = await found(leader!, {}, ari!);

  const race = await Promise.all(Array.from({ length: 5 }, () => review(ari!, here, leader!, 4)));

  expect(tally(race)).toEqual({ 200: 5 });
  expect(await reputationOf(leader!)).toEqual({ average: 4, count: 1 });
  expect(await received(leader!)).toHaveLength(1);
});

test('row 69: whatever is written and taken back, the average is that of a plain list', async () => {
  const people = await crowd(moim, 3);
  const here = await found(people[0]!, {}, people[1]!, people[2]!);
  const step = fc.record({
    by: fc.nat(2),
    about: fc.nat(2),
    score: fc.option(fc.integer({ min: 1, max: 10 }), { freq: 3 }),
  });
  const standing = new Map<string, number>();

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
      for (const { by, about, score } of steps.filter(({ by, about }) => by !== about)) {
        const [writer, reviewed] = [people[by]!, people[about]!];
        const reply =
          score === null ? await remove(writer, here, reviewed) : await review(writer, here, reviewed, score);
        const there = standing.has(`${by} ${about}`);
        expect(outcome(reply)).toBe(score !== null ? 200 : there ? 204 : 'NOT_FOUND');
        if (score === null) standing.delete(`${by} ${about}`);
        else standing.set(`${by} ${about}`, score);
      }
      for (const [i, person] of people.entries()) {
        const scores = [...standing].flatMap(([pair, score]) => (pair.endsWith(` ${i}`) ? [score] : []));
        const average = scores.reduce((sum, one) => sum + one, 0) / scores.length;
        expect(await reputationOf(person)).toEqual({
          average: scores.length > 0 ? Number((average + 1e-9).toFixed(2)) : null,
          count: scores.length,
        });
      }
    }),
    { numRuns: runs(4) },
  );
});

test('pages of both lists follow each other', async () => {
  const people = await crowd(moim, 6);
  const [reviewed, ...writers] = people;
  const here = await found(reviewed!, {}, ...writers);
  for (const [i, writer] of writers.entries()) {
    await review(writer, here, reviewed!, i + 1);
    await review(reviewed!, here, writer, i + 1);
  }

  const [about, mine] = [await pagesOf(reviewed!, `${own}/received`, 2), await pagesOf(reviewed!, own, 2)];

  for (const pages of [about, mine]) {
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(
      pages
        .flat()
        .map(({ score }) => score)
        .toSorted(),
    ).toEqual([1, 2, 3, 4, 5]);
  }
});

test('row 130: so many reviews a day, and not one more', async () => {
  const [leader, ari] = await crowd(moim, 2);
  const here = await found(leader!, {}, ari!);
  await review(ari!, here, leader!, 4);
  const { fairUse } = await import('../../../shared/product/fair-use-limits.ts');
  const { put } = await import('../../support/table.ts');
  const [quota] = await itemsOf(moim, 'Quota', { subject: ari!.id, limit: 'review' });
  const { pk: _pk, sk: _sk, type: _type, v: _v, ...rest } = quota;
  await put(moim, 'Quota', { ...rest, used: fairUse.review.times - 1 });

  const replies = [await surely(() => review(ari!, here, leader!, 5)), await review(ari!, here, leader!, 6)];

  expect(replies.map(outcome)).toEqual([200, 'TOO_MANY_REQUESTS']);
  expect(await reputationOf(leader!)).toEqual({ average: 5, count: 1 });
});
