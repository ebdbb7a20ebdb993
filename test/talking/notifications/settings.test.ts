import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const path = '/v1/accounts/me/notification-settings';
const types = { newUpload: true, remind: true, nudge: true, comment: true, group: true, message: true };
const mail = { newUpload: false, remind: false, nudge: false, comment: false, group: false, message: false };
const on = { all: true, types, mail, quietHours: null };
const choose = (person: { send: typeof moim.guest.send }, body: unknown) => person.send('PATCH', path, { body });

test('rows 18, 104: everything is on, nothing is quiet or mailed until it is chosen otherwise', async () => {
  const person = await someone(moim);

  const { status, body } = await person.get(path);

  expect([status, body]).toEqual([200, on]);
  expect((await moim.guest.get(path)).status).toBe(401);
});

test('row 18: what is chosen stays for oneself alone, and what is left out stays as it was', async () => {
  const [person, other] = [await someone(moim), await someone(moim)];
  const quietHours = { from: '22:00', to: '07:00' };

  const answers = [
    await choose(person, { all: false, types: { nudge: false } }),
    await choose(person, { mail: { group: true }, quietHours }),
    await choose(person, { all: true, types: { nudge: true } }),
    await choose(person, { quietHours: null }),
  ];

  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [200, { ...on, all: false, types: { ...types, nudge: false } }],
    [200, { all: false, types: { ...types, nudge: false }, mail: { ...mail, group: true }, quietHours }],
    [200, { ...on, mail: { ...mail, group: true }, quietHours }],
    [200, { ...on, mail: { ...mail, group: true } }],
  ]);
  expect((await person.get(path)).body).toEqual({ ...on, mail: { ...mail, group: true } });
  expect((await other.get(path)).body).toEqual(on);
});

test('row 18: choices made at once on several devices all hold', async () => {
  const person = await someone(moim);
  const names = Object.keys(types);

  await Promise.all(names.map((name) => choose(person, { types: { [name]: false }, mail: { [name]: true } })));

  const { body } = await person.get(path);
  expect([Object.values(body.types), Object.values(body.mail)]).toEqual([
    names.map(() => false),
    names.map(() => true),
  ]);
});

test('choosing leaves the count of devices alone', async () => {
  const person = await someone(moim);
  await put(moim, 'NotificationSettings', { accountId: person.id, devices: 3 });

  await choose(person, { all: true });

  expect(await itemsOf(moim, 'NotificationSettings', { accountId: person.id })).toMatchObject([
    { devices: 3, all: true },
  ]);
});

test('what is no time, no choice or nothing at all is refused', async () => {
  const person = await someone(moim);
  const bodies = [
    {},
    { all: 'yes' },
    { all: null },
    { types: { sms: true } },
    { mail: { group: 'daily' } },
    { unknown: true },
    ...[
      { from: '24:00', to: '07:00' },
      { from: '22:60', to: '07:00' },
      { from: '7:00', to: '08:00' },
      { from: '22:00', to: '22:00' },
      { from: '22:00' },
    ].map((quietHours) => ({ quietHours })),
  ];

  const replies = await Promise.all(bodies.map((body) => choose(person, body)));

  expect(replies.map(outcome)).toEqual(bodies.map(() => 'INVALID_REQUEST'));
  expect((await person.get(path)).body).toEqual(on);
});
