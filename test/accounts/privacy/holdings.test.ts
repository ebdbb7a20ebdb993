/**
 * Everything that is held about people, kind by kind, and what becomes of it. A kind of item that is new in the registry
 * fails here until somebody has said whether it goes with an account and whether its owner gets it, or why not.
 */
import { unzipSync } from 'fflate';
import { type EntityName, entities } from '../../../shared/data/registry.ts';
import { password, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { linked, registered } from '../../sweeps/world.ts';

interface Fate {
  /** Whether nothing of it is left once an account is erased; else why something is. */
  readonly erased: true | string;
  /** Whether the archive of own data has it; else why not. */
  readonly exported: true | string;
}
const all: Fate = { erased: true, exported: true };
const neither = (why: string): Fate => ({ erased: why, exported: why });
const soonGone = neither('gone by itself within a day');
const holdsNobody = neither('holds nobody');

const fates = {
  Account: {
    erased: 'stays as a stone without a name, so that what others answered to still has an author',
    exported: true,
  },
  Credential: { erased: true, exported: 'address and login id are exported with the account, the hash is a secret' },
  Identity: all,
  SocialSignIn: soonGone,
  NicknameClaim: { erased: true, exported: 'the nickname is exported with the account' },
  EmailCode: soonGone,
  Suppression: neither('of an address, not of an account: it must not be written to, whoever signs up with it'),
  Mail: soonGone,
  MailPace: holdsNobody,
  Ticket: soonGone,
  Session: all,
  Device: all,
  DeviceClaim: { erased: true, exported: 'the device is exported' },
  NotificationSettings: all,
  Block: all,
  Blocks: { erased: true, exported: 'counts the blocks, which are exported' },
  Export: all,
  Group: neither(
    'the leader is somebody else by then, or the group is gone; its title is exported with the membership',
  ),
  Membership: { erased: 'row 17: who was in a group stays, without a name', exported: true },
  Listing: holdsNobody,
  Listed: holdsNobody,
  Like: all,
  Application: all,
  Invite: holdsNobody,
  InviteCode: holdsNobody,
  Review: all,
  WrittenReview: all,
  ReviewScore: { erased: true, exported: 'sums up the reviews, which are exported' },
  Reported: all,
  ReportCase: neither('of the group, and purged with it; whoever wrote what was reported is not told of it'),
  Reporter: neither('that one reported, which is exported; gone when it is decided, or by itself within a month'),
  Plan: holdsNobody,
  Mission: holdsNobody,
  Certification: { erased: 'row 85: what was written for a group stays, without a name', exported: true },
  MissionWeek: neither('the days of the certifications, which stay and are exported'),
  Decision: { erased: 'row 124: the history only grows; it names nobody', exported: true },
  Brick: { erased: 'hangs on a certification that stays, and goes if that is denied', exported: true },
  Mark: neither('that a counter moved; gone by itself within two weeks'),
  Upload: soonGone,
  Notification: all,
  Connection: { erased: true, exported: 'an open socket, gone with it' },
  Presence: soonGone,
  Throttle: soonGone,
  Quota: neither('counts uses of the last hours, gone by itself'),
  Outbox: soonGone,
  Idempotency: soonGone,
} as const satisfies Record<EntityName, Fate>;

const names = Object.keys(entities) as EntityName[];
const templatesOf = (name: EntityName) => {
  const {
    pk,
    sk,
    gsi1,
    gsi2,
  }: { pk: string; sk: string; gsi1?: { pk: string; sk: string }; gsi2?: { pk: string; sk: string } } = entities[name];
  return [pk, sk, gsi1?.pk, gsi1?.sk, gsi2?.pk, gsi2?.sk].join(' ');
};
const partsOf = (name: EntityName) => [
  ...new Set([...templatesOf(name).matchAll(/\{(\w+)\}/g)].map(([, part]) => part!)),
];
const where = (fate: keyof Fate) => names.filter((name) => fates[name][fate] === true);
/** The kinds of which anything is claimed that can be tried. */
const tried = [...new Set([...where('erased'), ...where('exported')])];

const moim = useMoim();
const job = async (name: string) => {
  await moim.settle();
  await moim.runSchedule(`moim-dev-privacy-${name}`);
  await moim.settle();
};

test('rows 17, 121: every kind of item has a fate, and what is said to go by itself has an end', () => {
  expect(Object.keys(fates).toSorted()).toEqual(names.toSorted());
  const endless = names.filter((name) => fates[name] === soonGone && !('life' in entities[name]));
  expect(endless).toEqual([]);
  expect(names.filter((name) => fates[name] === holdsNobody && /accountId/i.test(templatesOf(name)))).toEqual([]);
});

test('rows 17, 121: what is said to be exported is in the archive, and of what is said to be erased nothing is left', async () => {
  const leader = await someone(moim);
  const ari = await moim.person('ari');
  const group = await found(leader, {}, ari);
  const [one, other] = [`${group.path}/reviews/${ari.id}`, `${group.path}/reviews/${leader.id}`];
  const { body: written } = await certify(ari, group);
  await linked(moim, ari);
  await registered(ari, 'the-phone');
  const replies = [
    await leader.post(`${group.path}/certifications/${written.id}/approve`),
    await leader.put(one, { score: 9, text: 'held in Review' }),
    await ari.put(other, { score: 8, text: 'held in WrittenReview' }),
    await ari.put(`/v1/accounts/me/blocks/${leader.id}`),
    await ari.post('/v1/accounts/me/exports'),
  ];
  const socket = await ari.socket();
  await moim.settle();
  const holding = async (name: EntityName) =>
    (await itemsOf(moim, name)).filter((item) => JSON.stringify(item).includes(ari.id));
  // Whatever the routes above did not make is made of its keys alone.
  for (const name of tried)
    if ((await holding(name)).length === 0) {
      const parts = Object.fromEntries(partsOf(name).map((part) => [part, `some-${part}`]));
      await put(moim, name, { ...parts, groupId: group.groupId, scopeId: ari.id, accountId: ari.id } as never);
    }
  for (const name of where('exported').filter((each) => !/Review/.test(each))) {
    const [item] = await holding(name);
    await put(moim, name, { ...item, text: `held in ${name}` });
  }
  const before = new Map(await Promise.all(names.map(async (name) => [name, (await holding(name)).length] as const)));

  await job('makeExports');
  const [ready] = (await ari.get('/v1/accounts/me/exports')).body.items;
  const files = unzipSync(new Uint8Array(await (await fetch(ready.url)).arrayBuffer()));
  const archive = new TextDecoder().decode(files['data.json']);
  const { status } = await ari.post('/v1/accounts/me/withdrawal', { reason: 'Enough', password });
  await job('eraseAccounts');
  await socket.closed;
  await moim.settle();

  expect([...replies.map((reply) => reply.status), status]).toEqual([200, 200, 200, 204, 202, 204]);
  expect(tried.filter((name) => before.get(name) === 0)).toEqual([]);
  expect(names.filter((name) => fates[name] === holdsNobody && before.get(name) !== 0)).toEqual([]);
  expect(where('exported').filter((name) => !archive.includes(`held in ${name}`))).toEqual([]);
  // Items of others that only point at the account, as a block of it does, are theirs.
  const left = await Promise.all(where('erased').map((name) => itemsOf(moim, name, { accountId: ari.id })));
  expect(left.flat()).toEqual([]);
});
