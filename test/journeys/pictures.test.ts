/**
 * Row 16: wherever a person is named, their picture opens. There is no distribution here, so each function signs the addresses
 * itself, by its own rights.
 */
import { useMoim } from '../support/moim.ts';
import { crowd } from '../support/people.ts';
import { jpegOf, painted, uploadPicture } from '../support/pictures.ts';
import { certify, found, leave } from '../support/scene.ts';
import { withoutDistribution } from '../support/templates.ts';

const moim = useMoim({ edit: withoutDistribution });

/** All addresses of pictures in an answer. */
const addressesIn = (answer: unknown): string[] =>
  [...JSON.stringify(answer).matchAll(/"thumbnailUrl":"([^"]+)"/g)].map(([, url]) => JSON.parse(`"${url}"`));

test('boards, the status of a mission, cheers, nudges, applications and recruit posts show pictures that open', async () => {
  const [leader, member, applicant] = await crowd(moim, 3);
  for (const person of [leader!, member!, applicant!]) {
    const uploadId = await uploadPicture(person, await jpegOf(painted(80, 40)));
    await person.send('PUT', '/v1/accounts/me/picture', { body: { uploadId } });
  }
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
