/** The typed client against the real thing: what a web or mobile client does, without a URL written by hand. */
import { createClient, pages } from '../../client/client.ts';
import { ProblemError } from '../../client/problem-error.ts';
import { createSocket } from '../../client/socket.ts';
import { challenge, password, useMoim } from '../support/moim.ts';

const moim = useMoim({ lists: true });

/** A client that signs up and keeps its tokens, as an app would. */
async function app(nickname: string) {
  const tokens = { access: '', refresh: '' };
  const client = createClient({
    baseUrl: moim.apiUrl,
    locale: () => 'en',
    getAccessToken: () => tokens.access,
    async onTokenInvalid() {
      const renewed = await client.sessions.refresh({ body: { refreshToken: tokens.refresh } });
      Object.assign(tokens, { access: renewed.accessToken, refresh: renewed.refreshToken });
      return true;
    },
  });
  const email = `${nickname}@example.com`;
  await client.accounts.requestEmailCode({ body: { email, purpose: 'REGISTER' } });
  const code = await moim.codeFor(email);
  const { ticket } = await client.accounts.confirmEmailCode({ body: { email, purpose: 'REGISTER', code } });
  await client.sessions.signUp({ body: { ticket, password, nickname } });
  const session = await client.sessions.signIn({ body: { email, password } });
  Object.assign(tokens, { access: session.accessToken, refresh: session.refreshToken });
  return { client, tokens };
}

test('two people meet in a group through the client, and the leader hears of it on the socket', async () => {
  const leader = await app('ari');
  const member = await app('bora');
  const socket = createSocket({ ticket: () => leader.client.connections.issueSocketTicket({}) });
  const heard = new Promise<string>((resolve) => socket.on('notification', ({ text }) => resolve(text)));
  await socket.send('ping');

  const group = await leader.client.groups.createGroup({ body: challenge() as never });
  const membership = await member.client.memberships.joinGroup({ params: { groupId: group.id } });
  const text = await heard;
  socket.close();

  expect(membership).toMatchObject({ groupId: group.id, role: 'MEMBER' });
  expect(text).toBe('bora joined Algorithms every day.');
});

test('row 133: a picture is a text as it is', async () => {
  const { client } = await app('picturesque');
  const group = await client.groups.createGroup({ body: challenge() as never });
  const link = await client.progress.makeProgressLink({ params: { groupId: group.id }, body: { of: 'ME' } });
  const picture = await client.progress.getProgressPicture({ params: { linkId: link.id }, query: { theme: 'dark' } });
  const removed = await client.progress.removeProgressLink({ params: { linkId: link.id } });

  expect(picture.startsWith('<svg ')).toBe(true);
  expect(removed).toBeUndefined();
});

test('pages follow each other to the end, and a refusal is an error with its code', async () => {
  const { client } = await app('chaewon');
  for (let i = 0; i < 5; i++) await client.groups.createGroup({ body: challenge({ title: `Group ${i}` }) as never });

  const titles: string[] = [];
  for await (const { group } of pages((cursor) =>
    client.groups.listOwnGroups({ query: { limit: 2, ...(cursor ? { cursor } : {}) } }),
  ))
    titles.push(group.title);
  const refused = client.groups.getGroup({ params: { groupId: '019a0000-0000-7000-8000-000000000000' } });

  expect(titles.sort()).toEqual(['Group 0', 'Group 1', 'Group 2', 'Group 3', 'Group 4']);
  await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
  await expect(refused).rejects.toBeInstanceOf(ProblemError);
});

test('an expired access token is refreshed once, and the call goes through', async () => {
  const { client, tokens } = await app('dana');
  const before = tokens.access;
  await moim.clock.advance(16 * 60_000);

  const [me, again] = await Promise.all([client.accounts.getOwnAccount({}), client.accounts.getOwnAccount({})]);

  expect([me.nickname, again.nickname]).toEqual(['dana', 'dana']);
  expect(tokens.access).not.toBe(before);
});
