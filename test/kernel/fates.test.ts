/** What rows say of the fate of items: complete, and about kinds, patterns and attributes that exist. */
import { readFileSync } from 'node:fs';
import {
  archived,
  archiveRights,
  type Deletion,
  deleted,
  eraseRights,
  fateOf,
  ownView,
  purgeRights,
} from '../../shared/data/fates.ts';
import { placeholdersIn, templatesOf } from '../../shared/data/keys.ts';
import { type Fate, kind, type Way } from '../../shared/data/kind.ts';
import { type EntityName, entities, patterns } from '../../shared/data/registry.ts';

const names = Object.keys(entities) as EntityName[];
const fates = names.flatMap((name) =>
  (['group', 'account'] as const).flatMap((owner) => {
    const fate = fateOf(name, owner);
    return fate ? [{ name, owner, fate }] : [];
  }),
);
/** Every way in a row, with the attributes that it is followed by. */
const ways = [
  ...fates.flatMap(({ name, owner, fate }) => ('dropped' in fate ? [{ name, owner, way: fate.dropped }] : [])),
  ...names.flatMap((name) => {
    const { archive } = entities[name];
    return archive && 'found' in archive ? [{ name, owner: 'account' as const, way: archive.found }] : [];
  }),
];

test.each(ways)('the way to the items of $name that are of the $owner leads there: $way', ({ name, owner, way }) => {
  const { pk, sk, of } = entities[name];
  const parts = 'pattern' in way ? placeholdersIn(templatesOf(way.pattern as never).pk) : placeholdersIn(pk + sk);
  if ('pattern' in way) expect(patterns[way.pattern as keyof typeof patterns]?.entity).toBe(name);
  if (way.with === undefined) expect(parts).toEqual([of?.[owner]]);
  else {
    const keys = JSON.stringify(entities[way.with as EntityName]);
    // An invitation's hash is in no key of its own.
    for (const part of parts)
      expect([part, keys.includes(`{${part}}`) || keys.includes(`"${part}"`)]).toEqual([part, true]);
  }
});

test('items that others are found by are found themselves, and go after them', () => {
  const all = (some: readonly Deletion[]): Deletion[] => some.flatMap((each) => [each, ...all(each.first)]);
  const dropped = (owner: 'group' | 'account') =>
    fates.flatMap((each) => (each.owner === owner && 'dropped' in each.fate ? [each.name] : []));
  for (const owner of ['group', 'account'] as const)
    expect(
      all(deleted[owner])
        .map(({ entity }) => entity)
        .toSorted(),
    ).toEqual(dropped(owner).toSorted());
  const before = archived.map(({ entity }) => entity);
  for (const entry of archived)
    if (entry.found && entry.with) expect(before.indexOf(entry.with)).toBeLessThan(before.indexOf(entry.entity));
  expect(archived.filter((entry) => entry.found && entry.with).map(({ as }) => as)).toEqual([
    'certifications',
    'cheers',
    'records',
    'attendances',
  ]);
});

test('entries of the archive have names of their own', () => {
  expect(new Set(archived.map(({ as }) => as)).size).toBe(archived.length);
});

test('code that a row names is there, under its name and in its file', () => {
  const said = names.flatMap((name) => {
    const { fate, archive } = entities[name];
    return [...JSON.stringify([fate, archive]).matchAll(/(\w+) \(([\w/-]+\.ts)\)/g)].map(([, code, file]) => [
      code!,
      file!,
    ]);
  });
  const missing = said.filter(
    ([code, file]) => !new RegExp(`(const|function) ${code}\\b`).test(readFileSync(`functions/${file}`, 'utf8')),
  );

  expect(said.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

test('items that are said to expire have an end', () => {
  const endless = fates.filter(({ name, fate }) => 'expires' in fate && entities[name].life === undefined);
  expect(endless.map(({ name }) => name)).toEqual([]);
});

test('kinds whose keys name a group or an account say whose they are', () => {
  const templates = ({ pk, sk, gsi1, gsi2 }: (typeof entities)[EntityName]) =>
    [pk, sk, gsi1?.pk, gsi1?.sk, gsi2?.pk, gsi2?.sk].join(' ');
  const silent = (part: RegExp, owner: 'group' | 'account') =>
    names.filter((name) => part.test(templates(entities[name])) && entities[name].of?.[owner] === undefined);

  // Groups are listed for everybody: what an index orders by a group names nobody.
  expect(silent(/\{accountId\}/, 'account')).toEqual([]);
  expect(silent(/\{(groupId|missionId)\}/, 'group')).toEqual([]);
});

test('rights follow from the rows: what is read, asked for and deleted, and nothing else', () => {
  expect(purgeRights.read).toEqual(['Invite']);
  expect(purgeRights.query).toContain('wallOfGroup');
  expect(purgeRights.remove).toEqual(expect.arrayContaining(['InviteCode', 'WallWeek', 'Reported', 'Decision']));
  expect(purgeRights.remove).not.toContain('Brick');
  expect(eraseRights.remove).toEqual(expect.arrayContaining(['NotificationSettings', 'WrittenReview', 'Application']));
  expect(eraseRights.remove).not.toContain('Certification');
  // By its key is read what the row says is found by its key: a new kind changes nothing here.
  const byKey = names.filter((name) => /"found":\{"key"/.test(JSON.stringify(entities[name].archive ?? {})));
  expect(byKey).toEqual(expect.arrayContaining(['Account', 'NotificationSettings']));
  expect([...(archiveRights.read ?? [])].sort()).toEqual(byKey.sort());
});

test('an owner sees neither how the table works nor secrets', () => {
  const session = { pk: 'p', sk: 's', gsi1pk: 'g', type: 'Session', v: 1, mark: 'm', expiresAt: 1, refreshHash: 'h' };
  expect(ownView('Session', { ...session, device: 'phone' })).toEqual({ device: 'phone' });
  expect(ownView('Decision', { by: 'somebody', after: 'ACTIVE' })).toEqual({ after: 'ACTIVE' });
  // The word is a secret of a session alone.
  expect(ownView('Block', { refreshHash: 'h' })).toEqual({ refreshHash: 'h' });
});

interface Thing {
  readonly groupId: string;
  readonly accountId: string;
}
const row = { about: 'a thing', pk: 'THINGS#{groupId}', sk: 'THING' } as const;
const stays = { stays: 'for a reason' } as const satisfies Fate;
const both = { group: 'groupId', account: 'accountId' } as const;
const way = { pattern: 'things' } as const satisfies Way;

test('a row that leaves out a fate does not compile', () => {
  const complete = [
    kind<Thing>()({ ...row, of: { group: 'groupId' }, fate: { group: { dropped: way } } }),
    kind<Thing>()({
      ...row,
      of: { account: 'accountId' },
      fate: { account: stays },
      archive: { as: 'things', found: way },
    }),
  ];
  const incomplete = [
    // @ts-expect-error a group's, and nothing says what a purge does
    kind<Thing>()({ ...row, of: { group: 'groupId' } }),
    // @ts-expect-error a group's and an account's, and nothing says what an erasing does
    kind<Thing>()({ ...row, of: both, fate: { group: stays }, archive: { not: 'why' } }),
    // @ts-expect-error an account's, and nothing says whether its owner gets it
    kind<Thing>()({ ...row, of: { account: 'accountId' }, fate: { account: stays } }),
    // @ts-expect-error no attribute of the items
    kind<Thing>()({ ...row, of: { group: 'teamId' }, fate: { group: stays } }),
    // @ts-expect-error no attribute of the items
    kind<Thing>()({ ...row, secret: ['password'] }),
  ];
  expect([complete.length, incomplete.length]).toEqual([2, 5]);
});
