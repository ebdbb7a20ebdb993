import { kinds } from '../../functions/activity/written/kinds.ts';
import { isKeptFrom, isSeen, mayView, type Written } from '../../functions/activity/written/rules.ts';
import { shown } from '../../functions/activity/written/seen.ts';
import { may, type Role } from '../../shared/access/powers.ts';
import { entities } from '../../shared/data/registry.ts';

const statuses = ['WAITING', 'APPROVED', 'DENIED'];
const roles: readonly Role[] = ['LEADER', 'MANAGER', 'MEMBER'];
const yesNo = [true, false];
const allOf = <A, B, C>(as: readonly A[], bs: readonly B[], cs: readonly C[]) =>
  as.flatMap((a) => bs.flatMap((b) => cs.map((c) => [a, b, c] as const)));

test('row 55: who may see a thing that is approved, for every state, role and author', () => {
  const visible = allOf(statuses, roles, yesNo).filter(([status, role, own]) =>
    mayView({ status, accountId: own ? 'me' : 'other' }, 'me', may(role, 'judgeCertifications')),
  );

  expect(visible.map((row) => row.join(' '))).toEqual([
    'WAITING LEADER true',
    'WAITING LEADER false',
    'WAITING MANAGER true',
    'WAITING MANAGER false',
    'WAITING MEMBER true',
    'APPROVED LEADER true',
    'APPROVED LEADER false',
    'APPROVED MANAGER true',
    'APPROVED MANAGER false',
    'APPROVED MEMBER true',
    'APPROVED MEMBER false',
    'DENIED LEADER true',
    'DENIED LEADER false',
    'DENIED MANAGER true',
    'DENIED MANAGER false',
    'DENIED MEMBER true',
  ]);
});

test('row 83: whom a thing is kept from, for each viewer', () => {
  const rows = [undefined, '2026-03-02T03:00:00.000Z'].flatMap((hiddenAt) =>
    yesNo.flatMap((own) => yesNo.flatMap((hides) => yesNo.map((reported) => ({ hiddenAt, own, hides, reported })))),
  );

  const kept = rows.filter(({ hiddenAt, own, hides, reported }) =>
    isKeptFrom({ accountId: own ? 'me' : 'other', ...(hiddenAt ? { hiddenAt } : {}) }, 'me', { hides, reported }),
  );

  // Neither its author nor who decides on it: and of the others, who reported it, or all once it is hidden.
  expect(kept.map(({ hiddenAt, own, hides, reported }) => [hiddenAt !== undefined, own, hides, reported])).toEqual([
    [false, false, false, true],
    [true, false, false, true],
    [true, false, false, false],
  ]);
});

test('rows 55, 83, 84: who sees a thing, for every status, role, writer, report and block', () => {
  const things = [undefined, ...statuses].flatMap((status) =>
    [undefined, '2026-03-02T03:00:00.000Z'].map(
      (hiddenAt): Omit<Written, 'accountId'> => ({ ...(status ? { status } : {}), ...(hiddenAt ? { hiddenAt } : {}) }),
    ),
  );
  const cases = allOf(things, roles, allOf(yesNo, yesNo, yesNo));
  // As the rows say it, one exception after another.
  const bySentences = (thing: Omit<Written, 'accountId'>, role: Role, [own, reported, blocked]: readonly boolean[]) => {
    if (own) return true;
    if (role === 'LEADER') return true;
    if (thing.hiddenAt || reported) return false;
    if (role === 'MANAGER') return true;
    if (blocked) return false;
    return thing.status === undefined || thing.status === 'APPROVED';
  };

  const wrong = cases.filter(([thing, role, of]) => {
    const [own, reported, blocked] = of;
    const view = {
      viewerId: 'me',
      judges: may(role, 'judgeCertifications'),
      hides: may(role, 'hideReported'),
      ...{ reported, blocked: blocked && !own },
    };
    return isSeen({ ...thing, accountId: own ? 'me' : 'other' }, view) !== bySentences(thing, role, of);
  });

  expect(cases.length).toBe(8 * 3 * 8);
  expect(wrong).toEqual([]);
});

test('a page leaves out by its own id what the viewer has reported, and by its writer who is blocked', () => {
  const thing = (certificationId: string, accountId: string) => ({ certificationId, accountId, status: 'APPROVED' });
  const page = [thing('1', 'ari'), thing('2', 'bora'), thing('3', 'ari')];
  const member = { accountId: 'me', role: 'MEMBER' } as never;
  const reported = { accountId: 'me', groupId: 'g', count: 1, 'thing certification:1': 'SPAM' } as const;
  const ids = (viewer: object) =>
    shown('certification', page, { member, ...viewer }).map(({ certificationId }) => certificationId);

  expect(ids({})).toEqual(['1', '2', '3']);
  expect(ids({ reported })).toEqual(['2', '3']);
  expect(ids({ reported, blocked: new Set(['bora']) })).toEqual(['3']);
});

test.each(Object.entries(kinds))(
  'rows 39, 85: a thing of the kind %s goes with its group, and stays without a name when its writer withdraws',
  (_, { entity, id }) => {
    const { sk, of, fate } = entities[entity];

    expect(sk).toContain(`{${id}}`);
    expect(of).toEqual({ group: 'groupId', account: 'accountId' });
    expect(fate?.group).toHaveProperty('dropped');
    expect(fate?.account).toHaveProperty('stays');
  },
);
