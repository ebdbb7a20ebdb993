/** Rows 10, 12, 17: what an old access token and an old ticket are good for once the session is over: nothing. */
import { type Actor, actorAt, key } from '../../support/actor.ts';
import { listen } from '../../support/listener.ts';
import { challenge, password, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const opened = (url: string) =>
  listen(url).then(
    () => 'open',
    (error: Error) => error.message,
  );

/** How a session ends, by the routes that end it. */
const ways: Readonly<Record<string, (person: Actor, elsewhere: Actor) => Promise<{ status: number }>>> = {
  'a sign-out': (person) => person.delete('/v1/sessions/current'),
  'an end from another device': async (_, elsewhere) => {
    const { body } = await elsewhere.get('/v1/sessions');
    const { id } = body.items.find(({ current }: { current: boolean }) => !current);
    return elsewhere.delete(`/v1/sessions/${id}`);
  },
  'a new password': (_, elsewhere) =>
    elsewhere.send('PUT', '/v1/accounts/me/password', {
      body: { currentPassword: password, password: 'Another-Horse-8' },
    }),
  'a withdrawal': (_, elsewhere) => elsewhere.post('/v1/accounts/me/withdrawal', { reason: 'Moving on' }),
};

test.each(Object.keys(ways))(
  'after %s an old token makes and gets nothing, and an old ticket opens nothing',
  async (way) => {
    const person = await withPassword(moim);
    const { accessToken } = (await moim.signIn(person.email)).tokens;
    const elsewhere = actorAt(moim, () => ({ authorization: `Bearer ${accessToken}` }));
    const { groupId, path } = await found(await someone(moim));
    const ticket: string = (await person.post('/v1/socket-tickets')).body.url;
    const socket = await person.socket();
    const headers = key();
    await person.post('/v1/socket-tickets', {}, headers);

    const ended = await ways[way]!(person, elsewhere);
    const answers = [
      await person.post('/v1/groups', challenge()),
      await person.post(`${path}/members`),
      await person.put(`${path}/like`),
      await person.send('PUT', `/v1/accounts/me/blocks/${(await someone(moim)).id}`),
      await person.send('PATCH', '/v1/accounts/me/notification-settings', { body: { all: false } }),
      await person.post('/v1/accounts/me/uploads', { type: 'image/jpeg', bytes: 1000 }),
      await person.post('/v1/accounts/me/exports'),
      await person.get('/v1/accounts/me/exports'),
      await person.post('/v1/accounts/me/devices', { kind: 'FCM', token: 'a-token-of-an-app:over' }),
      await person.get(`/v1/accounts/${person.id}`),
      await person.post('/v1/socket-tickets'),
      // Nor does the kept answer of a request come again.
      await person.post('/v1/socket-tickets', {}, headers),
    ];
    const late = await opened(ticket);
    await moim.settle();

    expect(ended.status).toBe(204);
    expect(answers.map(outcome)).toEqual(answers.map(() => 'TOKEN_INVALID'));
    expect(late).toBe('refused with 403');
    expect(await socket.closed).toBe(1000);
    const left = await Promise.all(
      (['Membership', 'Like', 'Block', 'Export', 'Device', 'Connection'] as const).map((kind) =>
        itemsOf(moim, kind, { accountId: person.id }),
      ),
    );
    expect(left).toEqual(left.map(() => []));
    expect((await moim.guest.get(path)).body).toMatchObject({ id: groupId, memberCount: 1, likes: 0 });
    expect(outcome(await person.delete('/v1/sessions/current'))).toBe(204);
  },
);
