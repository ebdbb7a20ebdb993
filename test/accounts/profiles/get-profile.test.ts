import { useMoim } from '../../support/moim.ts';
import { become, someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';

const moim = useMoim();
const profileOf = async (id: string) => (await someone(moim)).get(`/v1/accounts/${id}`);

test('row 15: others see the face of a person, and nothing that is for oneself', async () => {
  const person = await someone(moim, 'haneul');
  await person.patch('/v1/accounts/me', {
    introduction: 'Hello',
    website: 'https://haneul.example',
    gender: 'FEMALE',
    birthDate: '2000-01-01',
    timeZone: 'Pacific/Honolulu',
  });

  const { status, body } = await profileOf(person.id);

  expect(status).toBe(200);
  expect(body).toEqual({
    id: person.id,
    nickname: 'haneul',
    introduction: 'Hello',
    website: 'https://haneul.example',
    picture: { avatar: null, url: null, thumbnailUrl: null },
    // Noon of the second in Seoul.
    createdOn: '2026-03-01',
    reviews: { average: null, count: 0 },
  });
});

test('who waits, was rejected, has left or was never there is not found', async () => {
  const ids = await Promise.all(
    (['PENDING', 'REJECTED', 'WITHDRAWN'] as const).map(async (status) => {
      const person = await someone(moim);
      await become(moim, person, status);
      return person.id;
    }),
  );

  const answers = await Promise.all([...ids, '01900000-0000-7000-8000-000000000000', 'you'].map(profileOf));

  expect(answers.map(outcome)).toEqual(Array(5).fill('NOT_FOUND'));
});

test('a guest sees nobody', async () => {
  const { id } = await someone(moim);

  expect((await moim.guest.get(`/v1/accounts/${id}`)).status).toBe(401);
});
