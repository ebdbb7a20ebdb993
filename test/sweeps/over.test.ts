/**
 * Sessions that are over, before anything has followed of that: every guarded route and every action refuses their tokens,
 * and leaves nothing behind. Tickets bought before open no socket.
 */
import { sampleOf } from '../../docgen/sample.ts';
import { features } from '../../functions/features.ts';
import { afterTheEnd } from '../../shared/access/signed-in.ts';
import { interrupted } from '../support/between.ts';
import { listen } from '../support/listener.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { askTable, itemsOf as itemsOfKind, put, tableName } from '../support/table.ts';
import { sentOf } from './fresh.ts';
import { refused } from './refused.ts';
import { each, inputSchema, isGuarded, sampleFor, subjects } from './samples.ts';
import { changesBetween, itemsOf } from './table.ts';
import { turns } from './turns.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim();
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

// biome-ignore lint/suspicious/noExplicitAny: an item is copied whole, whatever it holds
type Item = any;
interface State {
  readonly authority: Item;
  readonly session: Item;
}
/** How a session can be over: what is left of it and of what its account may do. */
const ways: Readonly<Record<string, (state: State) => Partial<State>>> = {
  'signed out, here or from another device': () => ({ session: undefined }),
  'a new password': ({ authority }) => ({ authority: { ...authority, sessionVersion: authority.sessionVersion + 1 } }),
  rejected: ({ authority }) => ({ authority: { ...authority, status: 'REJECTED' } }),
  'waits to be approved': ({ authority }) => ({ authority: { ...authority, status: 'PENDING' } }),
  'withdrawn, or never there': () => ({ authority: undefined }),
  'expired, but not deleted yet': ({ session }) => ({
    session: { ...session, expiresAt: Math.floor(moim.clock.now() / 1000) },
  }),
};

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string; sid: string };

async function stateOf(token: string): Promise<State> {
  const { sub: accountId, sid: sessionId } = claimsOf(token);
  const [[authority], [session]] = await Promise.all([
    itemsOfKind(moim, 'Authority', { accountId }),
    itemsOfKind(moim, 'Session', { accountId, sessionId }),
  ]);
  return { authority, session };
}
/** Puts or deletes an item, past every route. */
const set = (entity: 'Authority' | 'Session', before: Item, after: Item) =>
  after
    ? put(moim, entity, after)
    : askTable(moim, 'DeleteItem', {
        TableName: tableName(moim),
        Key: { pk: { S: before.pk }, sk: { S: before.sk } },
      });

/** Does something while a session is over in one of the ways, as it is before anything has followed, and gives it back. */
async function whileOver(way: string, before: State, act: () => Promise<void>): Promise<void> {
  const after = { ...before, ...ways[way]!(before) };
  const become = async ({ authority, session }: State) => {
    await set('Authority', before.authority, authority);
    await moim.settle();
    // What follows of the account ends the session: here it has not come to that.
    await set('Session', before.session, session);
    await moim.settle();
  };
  await become(after);
  await act();
  await become(before);
}

/** One piece of code decides it for all routes: each is asked some ways, in turns. */
const some = turns(3);
const guarded = each((subject) => isGuarded(subject) && afterTheEnd[subject.name]?.asks !== 'nothing');

test.each(guarded)('%s', async (_, subject) => {
  const sample = await sampleFor(subject, world);
  const before = await stateOf(sample.token!);
  await moim.settle();

  for (const way of some(Object.keys(ways)))
    await whileOver(way, before, async () => {
      await refused(world, [{ why: way, ...sentOf(subject, sample) }], '401 TOKEN_INVALID');
    });
});

test('few routes do more, and all of them are there', () => {
  const names = subjects.filter(isGuarded).map(({ name }) => name);

  expect(Object.keys(afterTheEnd).filter((name) => !names.includes(name))).toEqual([]);
  expect(guarded).toHaveLength(names.length - 1);
});

describe('sockets', () => {
  const actions = features
    .flatMap(({ actions: own }) => Object.values(own))
    .map((action) => [action.name, action] as const);
  const opened = (url: string) =>
    listen(url).then(
      (socket) => {
        socket.close();
        return 'open';
      },
      (error: Error) => error.message,
    );
  const ticketOf = async (person: Person): Promise<string> => (await person.post('/v1/socket-tickets')).body.url;
  const connections = ({ id }: Person) => itemsOfKind(moim, 'Connection', { accountId: id });

  test.each(Object.keys(ways))('a ticket that was bought before opens none: %s', async (way) => {
    const person = await someone(moim);
    const ticket = await ticketOf(person);

    await whileOver(way, await stateOf(person.tokens.accessToken), async () => {
      expect(await opened(ticket)).toBe('refused with 403');
    });
    expect([await connections(person), await itemsOfKind(moim, 'Presence', { accountId: person.id })]).toEqual([
      [],
      [],
    ]);
    expect(await opened(ticket)).toBe('refused with 403');
  });

  test('none opens whose session ends at that very moment', async () => {
    const person = await someone(moim);
    const ticket = await ticketOf(person);
    const { session } = await stateOf(person.tokens.accessToken);

    // The first write takes the ticket, the second writes the connection down.
    const end = () => set('Session', session, undefined);
    const answer = await interrupted(moim, end, () => opened(ticket), 2);
    await moim.settle();

    expect(answer).toBe('refused with 401');
    expect(await connections(person)).toEqual([]);
  });

  test.each(actions)(
    'the action %s does nothing and ends the connection, although nobody knows of it',
    async (name, action) => {
      const schema = inputSchema(action.data);
      const message = { id: 1, action: name, data: sampleOf(schema, schema) as object };

      for (const way of Object.keys(ways)) {
        const person = await someone(moim);
        const socket = await person.socket();
        const before = await stateOf(person.tokens.accessToken);
        // As if the session had ended before the connection stood: whatever ends it has found nothing to close.
        const [connection] = await connections(person);
        await askTable(moim, 'DeleteItem', {
          TableName: tableName(moim),
          Key: { pk: { S: connection.pk }, sk: { S: connection.sk } },
        });
        await whileOver(way, before, async () => {
          const items = await itemsOf(moim);
          const answer = await Promise.race([socket.ask(message), socket.closed]);
          await socket.closed;
          await moim.settle();

          expect(`${way}: ${answer}`).toBe(`${way}: 1000`);
          expect(changesBetween(items, await itemsOf(moim)).filter((change) => change !== 'changed Presence')).toEqual(
            [],
          );
        });
      }
    },
  );
});
