import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const path = '/v1/accounts/me/notification-settings';
const types = { newUpload: true, remind: true, nudge: true, comment: true, group: true, message: true };
const on = { all: true, types, quietHours: null };
const putBy = (person: { send: typeof moim.guest.send }, body: unknown) => person.send('PUT', path, { body });

test('row 18: everything is on and nothing is quiet until it is chosen otherwise', async () => {
  const person = await someone(moim);

  const { status, body } = await person.get(path);

  expect([status, body]).toEqual([200, on]);
  expect((await moim.guest.get(path)).status).toBe(401);
});

test('row 18: what is chosen stays, as a whole, for oneself alone; quiet hours go when they are left out', async () => {
  const [person, other] = [await someone(moim), await someone(moim)];
  const chosen = { all: false, types: { ...types, nudge: false }, quietHours: { from: '22:00', to: '07:00' } };

  const answers = [await putBy(person, chosen), await putBy(person, chosen)];
  const { body: after } = await person.get(path);
  await putBy(person, on);

  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [200, chosen],
    [200, chosen],
  ]);
  expect(after).toEqual(chosen);
  expect((await person.get(path)).body).toEqual(on);
  expect((await other.get(path)).body).toEqual(on);
});

test('choosing leaves the count of devices alone', async () => {
  const person = await someone(moim);
  await put(moim, 'NotificationSettings', { accountId: person.id, devices: 3 });

  await putBy(person, on);

  expect(await itemsOf(moim, 'NotificationSettings', { accountId: person.id })).toMatchObject([
    { devices: 3, all: true },
  ]);
});

test('what is no time, no choice or not all of it is refused', async () => {
  const person = await someone(moim);
  const bodies = [
    {},
    { ...on, all: 'yes' },
    { ...on, quietHours: undefined },
    { ...on, types: { ...types, sms: true } },
    { ...on, types: { newUpload: true } },
    ...[
      { from: '24:00', to: '07:00' },
      { from: '22:60', to: '07:00' },
      { from: '7:00', to: '08:00' },
      { from: '22:00', to: '22:00' },
      { from: '22:00' },
    ].map((quietHours) => ({ ...on, quietHours })),
  ];

  const replies = await Promise.all(bodies.map((body) => putBy(person, body)));

  expect(replies.map(outcome)).toEqual(bodies.map(() => 'INVALID_REQUEST'));
  expect((await person.get(path)).body).toEqual(on);
});
