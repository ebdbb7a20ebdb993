/** Rows 83, 115: who decides on a report sees what was reported, as it is now; nobody else does. */
import { kinds } from '../../../functions/activity/written/kinds.ts';
import type { Actor } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { administer, appoint, someone } from '../../support/people.ts';
import { jpegOf, painted } from '../../support/pictures.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { certify } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { chatting, newMessage, say, uploadTo } from '../../talking/chat/support.ts';
import { decide, report, type Scene, sceneOf } from './scene.ts';

const moim = useMoim();

const admin = async () => {
  const person = await someone(moim);
  await administer(moim, person);
  return person;
};
const look = (who: Actor, { path, subject }: Pick<Scene, 'path' | 'subject'>) =>
  who.get(`${path}/reported?subject=${subject}`);
const isShown = async (url: string) => (await fetch(url)).status === 200;
const lookedIn = () =>
  moim.logs
    .map(({ line }) => JSON.parse(line))
    .filter(({ event, message }) => event === 'REPORTED_SHOWN' && message === 'answered')
    .at(-1);

test('row 115: an administrator sees the certification that was reported, with its photo, and the look is in the log', async () => {
  const here = await sceneOf(moim);
  const judge = await admin();
  await report(here.others[0]!, here, { text: 'From the web' });

  const seen = await look(judge, here);
  const cost = costOf(moim, 'getReport');
  const line = lookedIn();
  await decide(judge, here, 'HIDE');
  const hidden = await look(judge, here);

  expect(seen.status).toBe(200);
  expect(seen.headers.get('cache-control')).toBe('no-store');
  expect(seen.body).toEqual({
    groupId: here.groupId,
    subject: here.subject,
    author: { id: here.author.id, nickname: here.author.nickname },
    state: 'REPORTED',
    reports: 1,
    reasons: [{ reason: 'SPAM', count: 1 }],
    texts: ['From the web'],
    reportedAt: '2026-03-02T03:00:00.000Z',
    reported: {
      kind: 'certification',
      text: 'Chapter 3',
      link: null,
      linkHost: null,
      images: [{ url: expect.any(String), width: expect.any(Number), height: expect.any(Number) }],
      files: [],
      writtenAt: '2026-03-02T03:00:00.000Z',
      hiddenAt: null,
      deletedAt: null,
    },
  });
  expect(await isShown(seen.body.reported.images[0].url)).toBe(true);
  // The group, the membership, the role, the session, the thing and its case at once; then the author's name.
  expect(cost).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(line).toMatchObject({
    outcome: 'DONE',
    account: judge.id,
    about: here.subject.split(':')[1],
    detail: 'ADMIN',
  });
  expect(JSON.stringify(line)).not.toContain('Chapter 3');
  expect(hidden.body).toMatchObject({ state: 'HIDDEN', reported: { hiddenAt: '2026-03-02T03:00:00.000Z' } });
});

test('row 115: a message too; what its author deletes is empty, and what is gone for good is null', async () => {
  const chat = await chatting(moim, 3);
  const [leader, author, reporter] = chat.people;
  const judge = await admin();
  const message = await say(moim, author!, chat, 'rude');
  const here = { path: chat.path, subject: `message:${message.id}` };
  await reporter!.post(`${here.path}/reports`, { subject: here.subject, reason: 'INSULT' });

  const [asAdmin, asLeader] = [await look(judge, here), await look(leader!, here)];
  const line = lookedIn();
  await author!.delete(`${chat.room}/messages/${message.id}`);
  const deleted = await look(judge, here);
  const certified = await sceneOf(moim);
  await report(certified.others[0]!, certified);
  await certified.author.delete(certified.one);
  const gone = await look(judge, certified);

  expect(asAdmin.body.reported).toMatchObject({ kind: 'message', text: 'rude', images: [], deletedAt: null });
  expect(asLeader.body).toEqual(asAdmin.body);
  expect(line).toMatchObject({ account: leader!.id, detail: 'LEADER' });
  expect(deleted.body.reported).toMatchObject({ text: null, deletedAt: expect.stringMatching(/^2026-/) });
  expect([gone.status, gone.body.reported, gone.body.author.id]).toEqual([200, null, certified.author.id]);
});

test('rows 71, 83: of a message with a photo, who decides sees the photo', async () => {
  const chat = await chatting(moim, 3);
  const [leader, author, reporter] = chat.people as [Person, Person, Person];
  const photo = await uploadTo(author, chat, 'wall.jpg', 'image/jpeg', await jpegOf(painted(60, 40)));
  const sent = await author.post(`${chat.room}/messages`, newMessage('look', 0, { fileIds: [photo] }));
  await moim.settle();
  const here = { path: chat.path, subject: `message:${sent.body.id}` };
  await reporter.post(`${here.path}/reports`, { subject: here.subject, reason: 'INSULT' });

  const { body } = await look(leader, here);

  expect(body.reported).toMatchObject({ kind: 'message', text: 'look' });
  const [shown] = body.reported.images.length > 0 ? body.reported.images : body.reported.files;
  expect(await isShown(shown.url)).toBe(true);
});

test('row 83: what a room says of its messages is no message: nobody reports it, and the list of the leader stays readable', async () => {
  const chat = await chatting(moim, 4);
  const [leader, author, reporter, other] = chat.people as [Person, Person, Person, Person];
  const judge = await admin();
  const message = await say(moim, author, chat, 'rude');
  const own = await say(moim, author, chat, 'mistaken', message.seq);
  const here = { path: chat.path, subject: `message:${message.id}` };
  await reporter.post(`${here.path}/reports`, { subject: here.subject, reason: 'INSULT' });
  await leader.post(`${here.path}/reports/decisions`, { subject: here.subject, decision: 'HIDE', reason: 'Rude' });
  await moim.settle();
  await author.delete(`${chat.room}/messages/${own.id}`);
  const { entries } = (await other.get(`${chat.room}/entries?after=${own.seq}`)).body;
  expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual(['HIDDEN', 'DELETED']);

  const answers = [];
  for (const { id } of entries)
    answers.push((await other.post(`${chat.path}/reports`, { subject: `message:${id}`, reason: 'SPAM' })).status);

  expect(answers).toEqual([404, 404]);
  expect(await leader.get(`${chat.path}/reports`)).toMatchObject({ status: 200, body: { items: [] } });
  expect((await look(judge, { path: chat.path, subject: `message:${entries[0].id}` })).status).toBe(404);
});

test('row 85: the words of a withdrawn author are shown without a name', async () => {
  const here = await sceneOf(moim);
  const judge = await admin();
  await report(here.others[0]!, here);
  const [account] = await itemsOf(moim, 'Account', { accountId: here.author.id });
  const { nickname: _, ...nameless } = account;
  await put(moim, 'Account', { ...nameless, status: 'WITHDRAWN' });

  const { body } = await look(judge, here);

  expect(body).toMatchObject({ author: { nickname: '(unknown)' }, reported: { text: 'Chapter 3' } });
});

test('row 125: everybody else gets 404, as for what is not there or was not reported; an author reads no report on their own', async () => {
  const here = await sceneOf(moim);
  const other = await sceneOf(moim, 1);
  const [reporter] = here.others;
  const [judge, weak, outsider] = [await admin(), await someone(moim), await someone(moim)];
  await appoint(moim, weak);
  await report(reporter!, here);
  await moim.clock.advance(6_000);
  const { body: own } = await certify(here.leader, here);
  const ofLeader = { ...here, subject: `certification:${own.id}` };
  await report(reporter!, ofLeader);
  const nothing = { ...here, subject: 'certification:01900000-0000-7000-8000-000000000000' };

  const refused = [
    await look(outsider, here),
    await look(reporter!, here),
    await look(here.author, here),
    await look(other.leader, here),
    // Not reported, in another group, of a leader who looks at their own, not there.
    await look(judge, other),
    await look(judge, { path: other.path, subject: here.subject }),
    await look(here.leader, ofLeader),
    await look(judge, nothing),
    await look(judge, { path: '/v1/groups/01900000-0000-7000-8000-000000000000', subject: here.subject }),
  ];

  expect(refused.map(outcome)).toEqual(Array(refused.length).fill('NOT_FOUND'));
  const bodies = refused.map(({ body: { code, detail, status, title, type } }) => [code, detail, status, title, type]);
  expect(new Set(bodies.map(String)).size).toBe(1);
  expect(outcome(await look(weak, here))).toBe('FACTOR_NEEDED');
  expect((await look(moim.guest, here)).status).toBe(401);
  expect(outcome(await look(judge, { ...here, subject: `account:${here.author.id}` }))).toBe('INVALID_REQUEST');
  expect((await look(judge, ofLeader)).body.reported.text).toBe('Chapter 3');
});

test('every kind that can be reported says what an administrator sees of it', () => {
  const at = '2026-03-02T03:00:00.000Z';
  const certification = kinds.certification.says({
    ...{ text: 'a', link: 'https://b.example', photos: [], createdAt: at },
  } as never);
  const message = kinds.message.says({ text: 'a', at, deletedAt: at } as never);

  expect(Object.values(kinds).map(({ says }) => typeof says)).toEqual(Object.keys(kinds).map(() => 'function'));
  expect(certification).toEqual({ text: 'a', link: 'https://b.example', photos: [], writtenAt: at });
  expect(message).toEqual({ text: 'a', writtenAt: at, deletedAt: at });
});
