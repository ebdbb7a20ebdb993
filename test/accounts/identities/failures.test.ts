import { fingerprint, newId } from '../../../shared/core/ids.ts';
import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { useMoim } from '../../support/moim.ts';
import { nextTick, someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';
import { type LocalProvider, startLocalProvider } from './local-provider.ts';
import { redirectUri, register } from './support.ts';

const moim = useMoim();
let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  await register(moim, { github: local.registrations.github });
});
afterAll(() => local.stop());

let serial = 5000;
const fresh = () => ({ id: serial++, emails: [] });
async function atProvider(person: object) {
  const { body } = await moim.guest.post('/v1/social-sign-ins', { provider: 'github', redirectUri });
  return { ticket: body.ticket as string, query: local.agree(body.authorizationUrl, person) };
}
const complete = (step: object, headers = {}) => moim.guest.post('/v1/social-sign-ins/complete', step, headers);

test('row 7: whatever the table does at whichever request, a sign-up makes one account, and its repetition is told of it', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const person = fresh();
      const { body } = await complete(await atProvider(person));
      return {
        groupId: fingerprint(body.ticket),
        ticket: body.ticket,
        nickname: `Fault${person.id}`,
        person,
        ...key(),
      };
    },
    ({ ticket, nickname, 'idempotency-key': value }) =>
      moim.guest.post('/v1/social-sign-ups', { ticket, nickname }, key(value)),
    async ({ nickname, person }, again, fault) => {
      const accounts = await itemsOf(moim, 'Account', { nickname });
      const claims = await itemsOf(moim, 'Identity', { subject: `${person.id}` });
      const { accountId, session } = again.body;
      expect([fault, outcome(again), session?.accountId]).toEqual([fault, 201, accountId]);
      expect([accounts, claims].map((found) => found.map((each) => each.accountId))).toEqual([
        [accountId],
        [accountId],
      ]);
    },
  );
});

test('row 7: whatever the table does when a step is used up, it is used once, and the provider is asked once', async () => {
  const asked = local.count('/github/token');
  let runs = 0;
  await atEachRequest(
    moim,
    1,
    async () => {
      runs++;
      const step = await atProvider(fresh());
      return { groupId: fingerprint(step.ticket), step, ...key() };
    },
    ({ step, 'idempotency-key': value }) => complete(step, key(value)),
    async (_, again, fault) => {
      expect([fault, outcome(again)]).toEqual([fault, 200]);
    },
  );

  expect(local.count('/github/token') - asked).toBe(runs);
});

test('row 7: whatever the table does, an unlinking happens once, with its count', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const person = await someone(moim);
      const [provider, subject, identityId] = ['github' as const, `${serial++}`, newId(moim.clock.now())];
      const [authority] = await itemsOf(moim, 'Authority', { accountId: person.id });
      await put(moim, 'Authority', { ...authority, waysIn: 3, identities: { [provider]: subject } });
      await put(moim, 'Identity', { provider, subject, identityId, accountId: person.id, linkedAt: '' });
      return { groupId: person.id, person, identityId };
    },
    ({ person, identityId }) => person.delete(`/v1/accounts/me/identities/${identityId}`),
    async ({ person }, again, fault) => {
      const [authority] = await itemsOf(moim, 'Authority', { accountId: person.id });
      expect([fault, outcome(again), authority.waysIn, authority.identities]).toEqual([
        fault,
        expect.anything(),
        2,
        {},
      ]);
      expect([204, 'NOT_FOUND']).toContain(outcome(again));
      expect(await itemsOf(moim, 'Identity', { accountId: person.id })).toEqual([]);
    },
  );
});

test('rows 7, 17, report D12: whoever has withdrawn is free to begin anew at once, by the same identity', async () => {
  const person = fresh();
  const { body } = await complete(await atProvider(person));
  const { body: made } = await moim.guest.post('/v1/social-sign-ups', { ticket: body.ticket, nickname: 'Leaving' });
  const headers = { authorization: `Bearer ${made.session.accessToken}` };

  const left = await moim.guest.post('/v1/accounts/me/withdrawal', { reason: 'Enough' }, headers);
  const again = await complete(await atProvider(person));
  const anew = await moim.guest.post('/v1/social-sign-ups', { ticket: again.body.ticket, nickname: 'Leaving' });
  // The erasing of the old account leaves the identity to the new one.
  await nextTick(moim);
  await moim.settle();
  const after = await complete(await atProvider(person));

  expect([left, again, anew, after].map(outcome)).toEqual([204, 200, 201, 200]);
  expect([again.body.status, after.body.status]).toEqual(['UNCOMPLETED', 'SIGNED_IN']);
  expect(anew.body.accountId).not.toBe(made.accountId);
});
