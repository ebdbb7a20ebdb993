import { createClient } from '../../client/client.ts';
import { createSocket } from '../../client/socket.ts';

const groupId = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90';

/** The compiler is the test: `tsc` fails where a line that must not compile does, and where one that must does not. */
async function typesOnly() {
  const client = createClient({ baseUrl: 'http://127.0.0.1:1' });
  const socket = createSocket({ ticket: async () => ({ url: 'ws://127.0.0.1:1' }) });

  const group = await client.groups.getGroup({ params: { groupId } });
  const title: string = group.title;
  const page = await client.discovery.listGroups();
  const cursor: string | null = page.nextCursor;
  await client.discovery.listGroups({ query: { limit: 5, cursor: undefined } });
  const nothing: undefined = await client.sessions.signOut();
  const reply: { time: string } = await socket.send('ping');
  socket.on('notification', (notification) => notification.id satisfies string);

  // @ts-expect-error a path's ids are required
  await client.groups.getGroup();
  // @ts-expect-error each under its name
  await client.groups.getGroup({ params: { id: groupId } });
  // @ts-expect-error a body with required fields is required
  await client.sessions.signIn();
  // @ts-expect-error each field with its type
  await client.sessions.signIn({ body: { email: 'a@example.com', password: 1 } });
  // @ts-expect-error where a route takes no body there is none to send
  await client.memberships.joinGroup({ params: { groupId }, body: { seat: 1 } });
  // @ts-expect-error a choice is one of its values
  await client.certifications.listCertifications({ params: { groupId }, query: { status: 'LOST' } });
  // @ts-expect-error answers have the fields of the contract, and no other
  group.colour;
  // @ts-expect-error routes are those of the contracts
  await client.groups.paintGroup({ params: { groupId } });
  // @ts-expect-error actions too
  await socket.send('paint');
  // @ts-expect-error an action without data takes none
  await socket.send('ping', { loud: true });
  // @ts-expect-error and so are events
  socket.on('painted', () => {});

  return { title, cursor, nothing, reply };
}

it('has a function for each call that compiles', () => {
  expect(typesOnly).toBeInstanceOf(Function);
  expect(Object.keys(createClient({ baseUrl: 'http://127.0.0.1:1' }).groups)).toContain('createGroup');
});
