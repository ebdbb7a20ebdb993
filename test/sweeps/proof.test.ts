/**
 * Row 162: what changes who may come into an account, and what leaves it, wants proof of the last minutes. Each such route is
 * asked by a session whose proof is too old, with a request that would succeed: it answers PROOF_NEEDED and changes nothing.
 */
import { useMoim } from '../support/moim.ts';
import { itemsOf, put } from '../support/table.ts';
import { sentOf } from './fresh.ts';
import { refused } from './refused.ts';
import { each, isGuarded, sampleFor, subjects } from './samples.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim();
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

const sensitive = subjects.filter(({ route }) => route.proof === 'fresh').map(({ name }) => name);

/** What must want a proof, and cannot be left out by a slip: a new one is added here. */
test('row 162: the routes that want a proof', () => {
  expect(sensitive.toSorted()).toEqual([
    'addPasskey',
    'beginLinking',
    'beginPasskey',
    'beginTotp',
    'changeEmail',
    'changePassword',
    'confirmTotp',
    'liftSuspension',
    'listExports',
    'removePasskey',
    'removeTotp',
    'renewRecoveryCodes',
    'requestExport',
    'setRole',
    'suspendAccount',
    'unlinkIdentity',
    'withdraw',
  ]);
  expect(subjects.filter(({ route }) => route.proof && !isGuarded({ route } as never))).toEqual([]);
});

const sessionOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string }).sid;

test.each(each(({ route }) => route.proof === 'fresh'))('%s', async (_, subject) => {
  const sample = await sampleFor(subject, world);
  const sessionId = sessionOf(sample.token!);
  const [{ provedAt: _proved, ...session }] = await itemsOf(moim, 'Session', { sessionId });
  for (const old of [{}, { provedAt: moim.clock.now() - 300_000 }]) {
    await put(moim, 'Session', { ...session, ...old } as never);
    await moim.settle();
    const [answer] = await refused(world, [{ why: 'stale', ...sentOf(subject, sample) }], '403 PROOF_NEEDED');
    expect(answer!.body.ways).toContain('MAIL');
  }

  // With a proof it succeeds: the refusal was for the lack of one.
  await put(moim, 'Session', { ...session, provedAt: moim.clock.now() } as never);
  const { status } = await world.send(sentOf(subject, sample));
  expect(status).toBe(subject.route.status);
});
