import { unzipSync } from 'fflate';
import { nameInArchive } from '../../../functions/accounts/privacy/rules.ts';
import { useMoim } from '../../support/moim.ts';
import { lastTick, someone, tick } from '../../support/people.ts';
import { headerOf, jpegOf, painted, uploadPicture } from '../../support/pictures.ts';
import { outcome, tally } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const make = async () => {
  await moim.settle();
  await tick(moim);
  await moim.settle();
};
const exportsOf = async (who: { get: typeof moim.guest.get }) => (await who.get('/v1/accounts/me/exports')).body.items;

test('row 121: everything held about an account comes as an archive, and a mail says when', async () => {
  const leader = await someone(moim);
  const ari = await moim.person('ari');
  const group = await found(leader, { title: 'Grammar every day' }, ari);
  const { body: written } = await certify(ari, group, { text: 'Chapter nine' });

  const asked = await ari.post('/v1/accounts/me/exports');
  const [pending] = await exportsOf(ari);
  await make();
  const [ready] = await exportsOf(ari);
  const mail = await moim.mail.next(ari.email, ({ subject }) => !/code/i.test(subject));
  const files = unzipSync(new Uint8Array(await (await fetch(ready.url)).arrayBuffer()));
  const text = new TextDecoder().decode(files['data.json']);
  const data = JSON.parse(text);

  expect([asked.status, pending.status, pending.url]).toEqual([202, 'PENDING', null]);
  expect(ready).toMatchObject({ id: asked.body.id, status: 'READY', bytes: expect.any(Number) });
  expect(mail.text).toContain('/me/exports');
  expect((await ari.get('/v1/notifications')).body.items[0].type).toBe('EXPORT_READY');
  expect(data.account).toMatchObject({ accountId: ari.id, email: ari.email, nickname: 'ari' });
  expect(data.memberships).toMatchObject([{ groupId: group.groupId, role: 'MEMBER', group: 'Grammar every day' }]);
  expect(data.certifications).toMatchObject([{ certificationId: written.id, text: 'Chapter nine' }]);
  expect(data.sessions).toHaveLength(1);
  for (const name of data.certifications[0].images) {
    expect(files[name]?.length).toBeGreaterThan(0);
    // Report D14: a laptop opens it by its ending.
    expect(name).toMatch(/^images\/[\w-]+\.webp$/);
  }
  // Secrets of the system are nobody's data.
  expect(text).not.toMatch(/argon2|Hash|"pk"/);
});

test('rows 16, 121: a profile picture of one’s own comes with the archive', async () => {
  const person = await someone(moim);
  const uploadId = await uploadPicture(person, await jpegOf(painted(8, 6)));
  const set = await person.send('PUT', '/v1/accounts/me/picture', { body: { uploadId } });
  await person.post('/v1/accounts/me/exports');
  await make();
  const [ready] = await exportsOf(person);
  const files = unzipSync(new Uint8Array(await (await fetch(ready.url)).arrayBuffer()));
  const { account } = JSON.parse(new TextDecoder().decode(files['data.json']));

  expect(outcome(set)).toBe(200);
  const images = Object.keys(files).filter((name) => name.startsWith('images/'));
  expect(images).toEqual([nameInArchive(account.picture.key)]);
  expect(headerOf(files[images[0]!]!)).toMatchObject({ width: 8, height: 6 });
});

test('row 121: an export is its owner’s, for a day', async () => {
  const [bora, other] = [await someone(moim), await someone(moim)];
  await bora.post('/v1/accounts/me/exports');
  await make();
  const [{ url }] = await exportsOf(bora);

  expect(await exportsOf(other)).toEqual([]);
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url.replace(bora.id, other.id))).status).toBe(403);
  await moim.clock.advance(24 * 3_600_000);
  const { renew } = await import('../../support/people.ts');
  await renew(moim, bora);
  expect(await exportsOf(bora)).toEqual([]);
});

test('row 121: requests while an export is under way, at once or later, give that one and use up nothing', async () => {
  const chae = await someone(moim);

  const atOnce = await Promise.all(Array.from({ length: 5 }, () => chae.post('/v1/accounts/me/exports')));
  await moim.clock.advance(120_000);
  const later = await chae.post('/v1/accounts/me/exports');
  const listed = await exportsOf(chae);

  expect(tally([...atOnce, later])).toEqual({ 202: 6 });
  expect(new Set([...atOnce, later].map(({ body }) => body.id))).toEqual(new Set([listed[0].id]));
  expect(listed).toHaveLength(1);
  const counts = await itemsOf(moim, 'Quota', { limit: 'export', subject: chae.id });
  expect(counts).toMatchObject([{ used: 1 }]);
  await make();
});

test('row 130: three exports a day', async () => {
  const dahye = await someone(moim);
  const answers = [];
  for (let n = 0; n < 4; n++) {
    answers.push(await dahye.post('/v1/accounts/me/exports'));
    await make();
    await moim.clock.advance(60_000);
    await make();
  }

  expect(answers.map(outcome)).toEqual([202, 202, 202, 'TOO_MANY_REQUESTS']);
  const listed = await exportsOf(dahye);
  expect(listed.map(({ id }: { id: string }) => id)).toEqual(
    answers
      .slice(0, 3)
      .map(({ body }) => body.id)
      .reverse(),
  );
});

test('a run that is repeated or fails half-way tells once', async () => {
  await make();
  const dana = await someone(moim);
  await dana.post('/v1/accounts/me/exports');
  await moim.settle();
  moim.table.faults.add({ kind: 'error500', times: 3, match: (body) => JSON.stringify(body).includes('EXPORT_READY') });

  await make();
  moim.table.faults.clear();
  const failed = [lastTick(moim).failed, (await exportsOf(dana))[0].status];
  await make();
  await moim.clock.advance(60_000);
  await Promise.all([tick(moim), tick(moim)]);
  await make();

  expect(failed).toEqual([1, 'PENDING']);
  expect(moim.mail.list({ to: dana.email })).toHaveLength(1);
  expect((await exportsOf(dana))[0]).toMatchObject({ status: 'READY' });
  expect(await itemsOf(moim, 'Mail')).toEqual([]);
  expect(outcome(await dana.get('/v1/accounts/me/exports'))).toBe(200);
});
