import { nicknameClaim } from '../../../functions/accounts/accounts/rules.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Moim, type Person, useMoim } from '../../support/moim.ts';
import { become, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();

/** Somebody whose nickname is claimed, as a sign-up does it. */
async function named(nickname: string, on: Moim = moim): Promise<Person> {
  const person = await someone(on, nickname);
  await put(on, 'NicknameClaim', { nickname: nicknameClaim(nickname), accountId: person.id });
  return person;
}
const edit = (person: Person, body: object, headers = {}) => person.patch('/v1/accounts/me', body, headers);
const claimsOf = async ({ id }: Person) =>
  (await itemsOf(moim, 'NicknameClaim', { accountId: id })).map(({ nickname }) => nickname);

test('row 15: what is named changes, null and an empty text take away, the rest stays', async () => {
  const person = await named('mina');

  const empty = await person.get('/v1/accounts/me/profile');
  const full = await edit(person, {
    introduction: '  Reads a lot.\nRuns a little.  ',
    website: 'https://mina.example/me',
    gender: 'OTHER',
    birthDate: '1999-12-31',
    locale: 'ko',
    timeZone: 'europe/paris',
  });
  const less = await edit(person, { introduction: '', website: null, gender: null, birthDate: null });
  const kept = await person.get('/v1/accounts/me/profile');

  const nothing = { introduction: null, website: null, gender: null, birthDate: null };
  const picture = { avatar: null, url: null, thumbnailUrl: null };
  const common = { id: person.id, nickname: 'mina', picture };
  expect(empty.body).toEqual({ ...common, ...nothing, locale: 'en', timeZone: 'Asia/Seoul', version: 1 });
  expect([full.status, full.headers.get('etag'), full.body]).toEqual([
    200,
    '"2"',
    {
      ...common,
      introduction: 'Reads a lot.\nRuns a little.',
      website: 'https://mina.example/me',
      gender: 'OTHER',
      birthDate: '1999-12-31',
      locale: 'ko',
      timeZone: 'europe/paris',
      version: 2,
    },
  ]);
  expect(less.body).toEqual({ ...common, ...nothing, locale: 'ko', timeZone: 'europe/paris', version: 3 });
  expect(kept.body).toEqual(less.body);
  // The session, then the one update.
  expect(costOf(moim, 'editProfile')).toMatchObject({ requests: 2, roundTrips: 2, readUnits: 2 });
});

test.each([
  ['nothing', {}],
  ['an unknown field', { email: 'other@example.com' }],
  ['a role', { role: 'ADMIN' }],
  ['a nickname of one character', { nickname: 'm' }],
  ['a nickname of 21', { nickname: 'm'.repeat(21) }],
  ['an introduction of 501', { introduction: 'i'.repeat(501) }],
  ['an introduction with a bell in it', { introduction: 'ring\u0007' }],
  ['a website that is a script', { website: 'javascript:alert(1)' }],
  ['a website that is a file', { website: 'file:///etc/passwd' }],
  ['a website behind the name of another (D11)', { website: 'https://google.com@evil.example/' }],
  ['a website on one’s own machine (D11)', { website: 'http://127.0.0.1/' }],
  ['a website of a local network (D11)', { website: 'http://localhost' }],
  ['a website of 501', { website: `https://e.example/${'w'.repeat(483)}` }],
  ['a gender of one’s own making', { gender: 'X' }],
  ['a day that is none', { birthDate: '2001-02-29' }],
  ['a birth in the nineteenth century', { birthDate: '1899-12-31' }],
  ['a birth today', { birthDate: '2026-03-02' }],
  ['a birth to come', { birthDate: '2030-01-01' }],
  ['a language moim does not speak', { locale: 'fr' }],
  ['a zone that is none', { timeZone: 'Mars/Olympus' }],
  ['null for what must be', { locale: null }],
])('row 15: %s is refused', async (_, body) => {
  const person = await someone(moim);

  const answer = await edit(person, body);

  expect(outcome(answer)).toBe('INVALID_REQUEST');
  expect(await itemsOf(moim, 'Account', { accountId: person.id })).toMatchObject([{ version: 1 }]);
});

test('the last that may be: 500 characters, the first day of 1900, yesterday', async () => {
  const person = await someone(moim);

  expect(outcome(await edit(person, { introduction: '가'.repeat(500), birthDate: '1900-01-01' }))).toBe(200);
  expect(outcome(await edit(person, { birthDate: '2026-03-01' }))).toBe(200);
});

test('with If-Match an edit meets the version that was seen, or nothing', async () => {
  const person = await named('version');

  const first = await edit(person, { introduction: 'one' }, { 'if-match': '"1"' });
  const late = await edit(person, { introduction: 'two' }, { 'if-match': '"1"' });
  const lateName = await edit(person, { nickname: 'versiontwo' }, { 'if-match': '"1"' });
  const { body } = await person.get('/v1/accounts/me/profile');

  expect([outcome(first), outcome(late), outcome(lateName)]).toEqual([
    200,
    'PRECONDITION_FAILED',
    'PRECONDITION_FAILED',
  ]);
  expect(body).toMatchObject({ introduction: 'one', nickname: 'version', version: 2 });
  expect(await claimsOf(person)).toEqual(['version']);
});

describe('row 5: a nickname', () => {
  test('changes place with the one before, which is free again', async () => {
    const [person, other] = [await named('before'), await named('waiting')];

    const changed = await edit(person, { nickname: 'After' });
    const freed = await edit(other, { nickname: 'BEFORE' });

    expect([changed.body.nickname, freed.body.nickname]).toEqual(['After', 'BEFORE']);
    expect([await claimsOf(person), await claimsOf(other)]).toEqual([['after'], ['before']]);
  });

  test('in another case is the same claim', async () => {
    const person = await named('casey');

    const answers = [await edit(person, { nickname: 'Casey' }), await edit(person, { nickname: 'Casey' })];

    expect(answers.map(({ body }) => body.nickname)).toEqual(['Casey', 'Casey']);
    expect(await claimsOf(person)).toEqual(['casey']);
  });

  test('of somebody else is refused, in any case, and nothing else of the edit happens', async () => {
    const [owner, person] = [await named('owner'), await named('thief')];

    const answer = await edit(person, { nickname: 'OWNER', introduction: 'It is me' });

    expect(outcome(answer)).toBe('NICKNAME_TAKEN');
    expect((await person.get('/v1/accounts/me/profile')).body).toMatchObject({ nickname: 'thief', introduction: null });
    expect([await claimsOf(owner), await claimsOf(person)]).toEqual([['owner'], ['thief']]);
  });

  test('wanted by a hundred at once is got by one, and the others keep theirs', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, (_, i) => named(`wants${i}`)));

    const answers = await Promise.all(people.map((person) => edit(person, { nickname: 'Wanted' })));

    const { 200: got, ...others } = tally(answers);
    expect(got).toBe(1);
    expect(Object.keys(others).every((code) => ['NICKNAME_TAKEN', 'TRY_AGAIN'].includes(code))).toBe(true);
    const winner = people[answers.findIndex(({ status }) => status === 200)]!;
    const claims = (await itemsOf(moim, 'NicknameClaim')).filter(({ accountId }) =>
      people.some(({ id }) => id === accountId),
    );
    expect(claims.filter(({ nickname }) => nickname === 'wanted')).toMatchObject([{ accountId: winner.id }]);
    expect(claims.length).toBe(100);
  });

  test('of one account wanted as ten at once ends as one of them, with one claim', async () => {
    const person = await named('many');

    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => edit(person, { nickname: `many${i}` })));

    const { body } = await person.get('/v1/accounts/me/profile');
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await claimsOf(person)).toEqual([body.nickname]);
  });

  test('whatever the table does at whichever request, the repetition finds one name and one claim', async () => {
    let n = 0;
    await atEachRequest(
      moim,
      3,
      async () => {
        const person = await named(`faulty${n++}`);
        return { person, groupId: person.id };
      },
      ({ person }) => edit(person, { nickname: `${person.nickname}x` }),
      async ({ person }, again, fault) => {
        expect([fault, outcome(again), again.body.nickname]).toEqual([fault, 200, `${person.nickname}x`]);
        expect(await claimsOf(person)).toEqual([`${person.nickname}x`]);
      },
    );
  });
});

test('an account that has withdrawn is edited no more', async () => {
  const person = await someone(moim);
  await become(moim, person, 'WITHDRAWN');

  const answers = [
    await edit(person, { introduction: 'Still here' }),
    await edit(person, { nickname: 'still' }),
    await person.get('/v1/accounts/me/profile'),
    await person.send('PUT', '/v1/accounts/me/picture', { body: { avatar: 1 } }),
    await person.delete('/v1/accounts/me/picture'),
  ];

  expect(answers.map(outcome)).toEqual(Array(5).fill('TOKEN_INVALID'));
});
