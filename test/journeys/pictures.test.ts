/**
 * Row 16: wherever a person is named, their picture opens. There is no distribution here, so each function signs the addresses
 * itself, by its own rights.
 */
import { climbed, climbers, season } from '../activity/rankings/support.ts';
import { climber, profile } from '../groups/clubs/support.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { crowd, minute, renew } from '../support/people.ts';
import { jpegOf, painted, uploadPicture } from '../support/pictures.ts';
import { certify, found, leave } from '../support/scene.ts';
import { withoutDistribution } from '../support/templates.ts';
import { ask, listening, newMessage, placeIn, uploadTo } from '../talking/chat/support.ts';

const moim = useMoim({ edit: withoutDistribution, lists: true });

/** All addresses of pictures in an answer. */
const addressesIn = (answer: unknown): string[] =>
  [...JSON.stringify(answer).matchAll(/"thumbnailUrl":"([^"]+)"/g)].map(([, url]) => JSON.parse(`"${url}"`));

/** Gives people pictures. */
async function pictured(...people: readonly Person[]): Promise<void> {
  for (const person of people) {
    const uploadId = await uploadPicture(person, await jpegOf(painted(80, 40)));
    await person.send('PUT', '/v1/accounts/me/picture', { body: { uploadId } });
  }
}

test('boards, the status of a mission, cheers, nudges, applications and recruit posts show pictures that open', async () => {
  const [leader, member, applicant] = await crowd(moim, 3);
  await pictured(leader!, member!, applicant!);
  const here = await found(leader!, {}, member!);
  const { body: proof } = await certify(leader!, here);
  await moim.settle();
  await member!.put(`${here.path}/certifications/${proof.id}/cheers/me`, { kind: 'HEART' });
  const { body: once } = await leader!.post(`${here.path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT' });
  await leader!.post(`${here.path}/missions/${once.id}/nudges`, { to: member!.id });
  const open = await found(leader!, { joinPolicy: 'APPLY' });
  await applicant!.post(`${open.path}/applications`, { message: 'Please' });
  await moim.settle();

  const shown = await Promise.all(
    [
      member!.get(`${here.path}/progress`),
      member!.get(`${here.path}/missions/${once.id}/status`),
      member!.get(`${here.path}/certifications/${proof.id}/cheers`),
      member!.get(`${here.path}/nudges`),
      leader!.get(`${open.path}/applications`),
      applicant!.get(`${open.path}/viewer`),
    ].map(async (asked) => addressesIn((await asked).body)),
  );
  const opened = await Promise.all(shown.map(([address]) => fetch(address!)));

  expect(shown.map(({ length }) => length > 0)).toEqual(Array(6).fill(true));
  expect(shown.flat().every((address) => address.includes('X-Amz-Signature='))).toBe(true);
  expect(opened.map(({ status }) => status)).toEqual(Array(6).fill(200));

  // What was reported is shown to those who decide on it.
  const { body: fake } = await certify(member!, here);
  await moim.settle();
  const subject = `certification:${fake.id}`;
  await leader!.post(`${here.path}/reports`, { subject, reason: 'FAKE' });
  const { body: report } = await leader!.get(`${here.path}/reported?subject=${subject}`);
  expect((await fetch(report.reported.images[0].url)).status).toBe(200);

  // Who has left is in no roster any more, and is named all the same.
  await member!.post(`${here.path}/missions/${once.id}/nudges`, { to: leader!.id });
  await leave(member!, here);
  await moim.settle();
  const [received] = (await leader!.get(`${here.path}/nudges`)).body.items;
  expect(received.account).toMatchObject({ id: member!.id, nickname: member!.nickname });
});

test('posts, comments, voters, private messages and a league show pictures that open; so do photos of a chat, and one that was reported', async () => {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  await pictured(leader, member);
  const here = await found(leader, { startDate: undefined, endDate: '2026-12-31' }, member);
  await moim.settle();
  const { body: post } = await leader.post(`${here.path}/posts`, { title: 'Chapter 3', body: 'A question' });
  await member.post(`${here.path}/comments`, { on: `post:${post.id}`, text: 'An answer' });
  const { body: poll } = await leader.post(`${here.path}/polls`, { question: 'Where?', choices: ['Library', 'Park'] });
  await member.put(`${here.path}/polls/${poll.id}/ballot`, { choiceIds: [poll.choices[0].id] });
  await member.post('/v1/messages', { to: leader.id, body: 'Shall we?' });
  await member.put('/v1/accounts/me/league', { shownAs: 'NICKNAME' });
  await certify(member, here);
  await moim.settle();
  const [waiting] = (await leader.get(`${here.path}/certifications?status=WAITING`)).body.items;
  await leader.post(`${here.path}/certifications/${waiting.id}/approve`);
  await minute(moim);
  await renew(moim, leader, member);

  const shown = await Promise.all(
    [
      member.get(`${here.path}/posts`),
      leader.get(`${here.path}/comments?on=post:${post.id}`),
      leader.get(`${here.path}/polls/${poll.id}/voters?choiceId=${poll.choices[0].id}`),
      leader.get('/v1/messages'),
      leader.get('/v1/leagues'),
    ].map(async (asked) => addressesIn((await asked).body)),
  );
  expect(shown.map(({ length }) => length > 0)).toEqual(Array(5).fill(true));
  const opened = await Promise.all(shown.map(([address]) => fetch(address!)));
  expect(opened.map(({ status }) => status)).toEqual(Array(5).fill(200));

  // Over the socket and over HTTP, by the rights of either function.
  const room = placeIn(here.groupId);
  const photo = async () => uploadTo(member, room, 'wall.jpg', 'image/jpeg', await jpegOf(painted(60, 40)));
  const { socket } = await listening(member, room);
  const message = newMessage('look', 0, { fileIds: [await photo()] });
  const { data } = await ask(socket, 'chat.send', { groupId: here.groupId, roomId: room.roomId, ...message });
  await moim.clock.advance(1000);
  const { body: sent } = await leader.get(`${room.room}/entries`);
  expect((await fetch(data.entry.files[0].image)).status).toBe(200);
  expect((await fetch(sent.entries[0].files[0].image)).status).toBe(200);
  const subject = `message:${sent.entries[0].id}`;
  await leader.post(`${here.path}/reports`, { subject, reason: 'FAKE' });
  const { body: report } = await leader.get(`${here.path}/reported?subject=${subject}`);
  expect((await fetch(report.reported.images[0].url)).status).toBe(200);
  socket.close();
});

test('rankings, records and attendance of a club show pictures that open', async () => {
  const club = await climbers(moim, 2);
  const [ann, ben] = club.people as [Person, Person];
  await pictured(ann);
  await moim.clock.advanceTo(Date.parse('2026-03-02T04:00:00Z'));
  await renew(moim, club.leader, ann, ben);
  const id = await season(club, '2026-03-02', '2026-05-31');
  await ann.post(`${club.path}/records`, climbed('2026-03-02', [4, 3]));
  const meeting = { weekday: 1, start: '13:00' };
  await club.leader.put(`${club.path}/attendance-plan`, { meetings: [meeting], holidays: [] });
  await ann.post(`${club.path}/attendances`);
  await minute(moim);

  const shown = await Promise.all(
    [
      ben.get(`${club.path}/seasons/${id}/ranking`),
      ben.get(`${club.path}/records?accountId=${ann.id}`),
      club.leader.get(`${club.path}/attendances/waiting`),
    ].map(async (asked) => addressesIn((await asked).body)),
  );
  expect(shown.map(({ length }) => length > 0)).toEqual(Array(3).fill(true));
  const opened = await Promise.all(shown.map(([address]) => fetch(address!)));
  expect(opened.map(({ status }) => status)).toEqual(Array(3).fill(200));

  // A roster lags behind who comes: whom it does not have yet is looked up.
  const lag = moim.table.faults.add({
    kind: 'stale',
    times: 1000,
    match: (body) => JSON.stringify(body).includes(`ROSTER#${club.groupId}`),
  });
  const behind = await climber(moim, club, { profile });
  await behind.send('PUT', `${club.path}/club-profile`, { body: profile });
  const { body: month } = await behind.get(`${club.path}/records`);
  lag();
  expect(month.account).toMatchObject({ id: behind.id, nickname: behind.nickname });
});
