import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { limits } from '../../../shared/product/limits.ts';
import { key } from '../../support/actor.ts';
import { listen } from '../../support/listener.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const opened = (url: string, headers = {}) =>
  listen(url, headers).then(
    (socket) => {
      socket.close();
      return 'open';
    },
    (error: Error) => error.message,
  );
const ticketOf = async (who: Person, headers = {}) => (await who.post('/v1/socket-tickets', {}, headers)).body;

test('a ticket opens one socket, also when ten try it at once', async () => {
  const [ari] = await crowd(moim, 1);
  const { url, expiresAt } = await ticketOf(ari!);

  const race = await Promise.all(Array.from({ length: 10 }, () => opened(url)));
  const later = await opened(url);

  expect(expiresAt).toBe('2026-03-02T03:01:00.000Z');
  expect(race.filter((each) => each === 'open')).toHaveLength(1);
  expect([...race, later].filter((each) => each === 'refused with 403')).toHaveLength(10);
});

test('forged, missing, bent and foreign tickets are refused', async () => {
  const ari = await someone(moim, 'ari');
  const { url } = await ticketOf(ari);
  await moim.clock.advance(60_000);
  await moim.guest.post('/v1/email-verifications', { email: 'bora@example.com', purpose: 'REGISTER' });
  const code = await moim.codeFor('bora@example.com');
  const { body: confirmed } = await moim.guest.post('/v1/email-verifications/confirm', {
    email: 'bora@example.com',
    purpose: 'REGISTER',
    code,
  });
  const [base] = url.split('?');

  const answers = await Promise.all([
    opened(base),
    opened(`${base}?ticket=`),
    opened(`${base}?ticket=${'A'.repeat(43)}`),
    opened(`${base}?ticket=${ari.tokens.accessToken}`),
    opened(`${base}?ticket=${confirmed.ticket}`),
    opened(`${base}?token=${url.split('=')[1]}`),
    opened(url), // over after 60 seconds
  ]);
  // The ticket of an e-mail address is not used up by the attempt.
  const signUp = await moim.guest.post('/v1/accounts', {
    ticket: confirmed.ticket,
    password: 'Correct-Horse-7',
    nickname: 'bora',
  });

  // Without a ticket the gateway refuses by itself; the authorizer denies the others.
  expect(answers).toEqual([401, 401, 403, 403, 403, 401, 403].map((status) => `refused with ${status}`));
  expect(signUp.status).toBe(201);
});

test('a page of another origin is refused and does not use the ticket up; one’s own and no browser are let in', async () => {
  const [ari] = await crowd(moim, 1);
  const own = moim.functions
    .find(({ id }) => id === 'connections-socket-authorizer')!
    .environment.ALLOWED_ORIGINS!.split(',')[0]!;
  const { url } = await ticketOf(ari!);

  const foreign = [
    await opened(url, { origin: 'https://evil.example' }),
    await opened(url, { origin: `${own}.evil.example` }),
    await opened(url, { origin: 'null' }),
  ];
  const mine = await opened(url, { origin: own });

  expect(foreign).toEqual(Array(3).fill('refused with 403'));
  expect(mine).toBe('open');
});

test('row 122: one key is one ticket; a guest gets none', async () => {
  const [ari] = await crowd(moim, 1);
  const headers = key();

  const answers = await Promise.all([1, 2, 3].map(() => ari!.post('/v1/socket-tickets', {}, headers)));

  expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1);
  expect((await moim.guest.post('/v1/socket-tickets')).status).toBe(401);
});

test('a connection that cannot be kept is refused, not left open unheard', async () => {
  const [ari] = await crowd(moim, 1);
  const { url } = await ticketOf(ari!);
  const off = moim.table.faults.add({ kind: 'error500', operation: 'PutItem', times: 10 });

  const answer = await opened(url);

  off();
  expect(answer).toBe('refused with 500');
  expect(await itemsOf(moim, 'Connection', { accountId: ari!.id })).toEqual([]);
});

test('both sockets of an account hear, others’ sockets do not, and in the order things happened', async () => {
  const [leader, other, ...members] = await crowd(moim, 8);
  const sockets = await Promise.all([leader!, leader!, other!].map(async (who) => listen((await ticketOf(who)).url)));
  const { path } = await found(leader!);

  const order: string[] = [];
  for (const member of members) {
    await moim.clock.advance(1);
    await member.post(`${path}/members`);
    order.push(member.id.slice(-12));
  }
  const heard = [];
  for (const socket of sockets.slice(0, 2)) {
    const names: string[] = [];
    while (names.length < order.length) names.push(String((await socket.next()).data.text).split(' ')[0]!);
    heard.push(names);
  }

  expect(heard).toEqual([order, order]);
  expect(sockets[2]!.events).toEqual([]);
  for (const socket of sockets) socket.close();
});

test('a socket that closed is forgotten; one that went without a word is forgotten at the next message', async () => {
  const [leader, first, second] = await crowd(moim, 3);
  const { path } = await found(leader!);
  const polite = await listen((await ticketOf(leader!)).url);
  const lost = await listen((await ticketOf(leader!)).url);
  const stays = await listen((await ticketOf(leader!)).url);
  const kept = () => itemsOf(moim, 'Connection', { accountId: leader!.id });

  polite.close();
  await polite.closed;
  await moim.settle();
  const afterPolite = (await kept()).length;
  // $disconnect is best effort: here its function cannot reach the table.
  const off = moim.table.faults.add({ kind: 'error500', operation: 'DeleteItem', times: 10 });
  lost.close();
  await lost.closed;
  await moim.settle();
  off();
  const afterLost = (await kept()).length;
  await first!.post(`${path}/members`);
  await moim.settle();
  const afterPost = (await kept()).length;
  await second!.post(`${path}/members`);

  expect([afterPolite, afterLost, afterPost]).toEqual([2, 2, 1]);
  expect([await stays.next(), await stays.next()].map(({ event }) => event)).toEqual(['notification', 'notification']);
  stays.close();
});

test('report F10: an account has so many sockets at a time; one more is refused, and a place is free when one closes', async () => {
  const ari = await someone(moim);
  const sockets = [];
  for (let n = 0; n < limits.socket.open; n++) sockets.push(await ari.socket());
  const { url } = await ticketOf(ari);
  const more = await opened(url);
  sockets[0]!.close();
  await sockets[0]!.closed;
  await moim.settle();

  const again = await opened((await ticketOf(ari)).url);

  expect(more).not.toBe('open');
  expect(again).toBe('open');
  for (const socket of sockets) socket.close();
  await moim.settle();
});

test('report F10: tickets for sockets end for the hour', async () => {
  const ari = await someone(moim);
  const { times, lot } = fairUse.socketTicket;
  const answers = [];
  for (let n = 0; n < times + 2 * lot; n++) answers.push(await ari.post('/v1/socket-tickets'));

  expect(outcome(answers.at(-1)!)).toBe('TOO_MANY_REQUESTS');
  expect(tally(answers)[201]).toBeGreaterThanOrEqual(times);
});
