/** G9: open pages are told what has changed, and only those who may see it. */
import { contract } from '../../../functions/activity/certifications/contract.ts';
import { hearing, liveWork } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { certify, found, kick } from '../../support/scene.ts';

const moim = useMoim();
const { certificationChanged } = contract.events;
test('G9, row 55: author and judges follow every state; members see it come with the approval, and go', async () => {
  const [leader, author, member, stranger, removed] = (await crowd(moim, 5)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const here = await found(leader, { endDate: '2026-12-31' }, author, member, removed);
  const sockets = await Promise.all([leader, author, member, stranger].map((each) => each.socket()));
  const gone = await removed.socket();
  await kick(leader, here, removed);
  const heard = hearing(moim, [...sockets, gone], certificationChanged);
  const news = async () => (await heard()).map((all) => all.map(({ status }) => status));

  const { body } = await certify(author, here);
  const one = `${here.path}/certifications/${body.id}`;
  const submitted = await news();
  await leader.post(`${one}/approve`);
  const approved = await news();
  await author.patch(one, { text: 'Better' });
  const edited = await news();
  await leader.post(`${one}/deny`, { reason: 'Blurred' });
  const denied = await news();
  await leader.post(`${one}/approve`);
  const subject = `certification:${body.id}`;
  await leader.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  const shown = await news();
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'HIDE' });
  const hidden = await news();
  await author.delete(one);
  const deleted = await news();

  // Row 118: and again when the photo is ready.
  const twice = ['WAITING', 'WAITING'];
  expect(submitted).toEqual([twice, twice, [], [], []]);
  expect(approved).toEqual([['APPROVED'], ['APPROVED'], ['APPROVED'], [], []]);
  expect(edited).toEqual([['WAITING'], ['WAITING'], [null], [], []]);
  expect(denied).toEqual([['DENIED'], ['DENIED'], [], [], []]);
  expect(shown).toEqual([['APPROVED'], ['APPROVED'], ['APPROVED'], [], []]);
  expect(hidden).toEqual([['APPROVED'], ['APPROVED'], [null], [], []]);
  expect(deleted).toEqual([[null], [null], [], [], []]);
  for (const socket of [...sockets, gone]) socket.close();
});

test('G9: what one change costs is bounded by who is there, and one socket is asked for each', async () => {
  const [leader, author, ...members] = (await crowd(moim, 12)) as [Person, Person, ...Person[]];
  const here = await found(leader, { endDate: '2026-12-31', capacity: 20, approval: 'AUTO' }, author, ...members);
  const socket = await members[0]!.socket();
  await moim.settle();
  const since = moim.logs.length;

  await certify(author, here);
  await moim.settle();

  // When it comes, and when its photo is ready: the certification, the members, who is online, and the sockets of who is.
  await socket.ask({ id: 1, action: 'ping' });
  expect(liveWork(moim, since).requests).toBe(8);
  expect(socket.events.map(({ event }) => event)).toContain(certificationChanged.name);
  socket.close();
});
