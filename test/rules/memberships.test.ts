import fc from 'fast-check';
import { pastOf, settledStates, stateBefore, successorOf } from '../../functions/groups/core/rules.ts';
import { isGood, readToken, tokenOf } from '../../functions/groups/invites/rules.ts';
import { warnedOnce } from '../../functions/groups/memberships/rules.ts';
import { wasIn } from '../../shared/access/access.ts';
import { newCode } from '../../shared/core/ids.ts';

const member = (accountId: string, role: 'LEADER' | 'MANAGER' | 'MEMBER', joinedAt: string) => ({
  accountId,
  role,
  joinedAt,
});

describe('row 125: who leads next', () => {
  const leader = member('l', 'LEADER', '2026-01-01');
  const early = member('e', 'MEMBER', '2026-01-02');
  const old = member('o', 'MANAGER', '2026-01-03');
  const young = member('y', 'MANAGER', '2026-01-04');

  test.each([
    [[leader, early, young, old], false, 'o'],
    [[leader, early, young, old], true, 'e'],
    [[leader, early], false, 'e'],
    [[young, early], false, 'y'],
    [[leader], false, undefined],
    [[], true, undefined],
  ])('of %j (by joining alone: %s)', (members, byJoining, expected) => {
    expect(successorOf(members, byJoining)?.accountId).toBe(expected);
  });

  test('it is one of those who are there, whatever their order, and no member before a manager', () => {
    const anybody = fc.record({
      accountId: fc.uuid(),
      role: fc.constantFrom('LEADER', 'MANAGER', 'MEMBER'),
      joinedAt: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03'),
    }) as fc.Arbitrary<ReturnType<typeof member>>;
    fc.assert(
      fc.property(fc.array(anybody, { maxLength: 8 }), (members) => {
        const heir = successorOf(members);
        expect(successorOf(members.toReversed())).toEqual(heir);
        const others = members.filter(({ role }) => role !== 'LEADER');
        expect(heir === undefined).toBe(others.length === 0);
        if (!heir) return;
        const better = others.filter(({ role }) =>
          others.some((each) => each.role === 'MANAGER') ? role === 'MANAGER' : true,
        );
        expect(better).toContain(heir);
        for (const each of better) expect(each.joinedAt >= heir.joinedAt).toBe(true);
      }),
    );
  });
});

test('row 47: the third warning removes', () => {
  expect([0, 1, 2].map(warnedOnce)).toEqual([
    { warnings: 1, kicked: false },
    { warnings: 2, kicked: false },
    { warnings: 3, kicked: true },
  ]);
});

test('row 31: only what one was counts, unless the leader has lifted it', () => {
  expect([
    pastOf(undefined),
    pastOf({ state: 'ACTIVE' }),
    pastOf({ state: 'LEFT' }),
    pastOf({ state: 'KICKED' }),
    pastOf({ state: 'LEFT', readmitted: true }),
    pastOf({ state: 'KICKED', readmitted: true }),
  ]).toEqual([undefined, 'ACTIVE', 'LEFT', 'KICKED', undefined, 'KICKED']);
});

test('rows 13, 31: an application that waits changes nothing about what one was', () => {
  const leftAt = '2026-03-01T00:00:00.000Z';
  const waits = [
    { state: 'PENDING' },
    { state: 'PENDING', leftAt },
    { state: 'PENDING', leftAt, readmitted: true },
  ] as const;

  expect(waits.map(pastOf)).toEqual([undefined, 'LEFT', undefined]);
  expect(waits.map(stateBefore)).toEqual([undefined, 'LEFT', 'LEFT']);
  expect(waits.map(wasIn)).toEqual([false, true, true]);
  const others = [undefined, 'ACTIVE', 'LEFT', 'KICKED'] as const;
  expect(others.map((state) => stateBefore(state && { state, leftAt }))).toEqual(others);
  expect(others.map((state) => wasIn(state && { state, leftAt }))).toEqual([false, true, true, false]);
});

test('row 28: another application takes the place of any that nobody waits for', () => {
  expect(settledStates).toEqual(['ACCEPTED', 'REJECTED', 'WITHDRAWN', 'KICKED']);
});

describe('row 29: a code', () => {
  test('has 128 random bits in 26 characters', () => {
    const codes = Array.from({ length: 500 }, newCode);

    expect(new Set(codes).size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{25}[AEIMQUY4]$/);
    for (const place of [0, 12, 24]) expect(new Set(codes.map((code) => code[place])).size).toBeGreaterThan(24);
  });
});

describe('row 30: a link', () => {
  const key = (fill: number) => `secret ${fill}`;
  const invitation = { groupId: '01900000-0000-7000-8000-000000000000', generation: 3, expiresAt: 2_000_000_000 };
  const before = invitation.expiresAt * 1000 - 1;

  test('says what was sealed, until it expires', () => {
    const read = readToken(tokenOf(key(1), invitation))!;

    expect(read).toMatchObject(invitation);
    expect(isGood(key(1), read, before)).toBe(true);
    expect(isGood(key(1), read, before + 1)).toBe(false);
    expect(isGood(key(2), read, before)).toBe(false);
  });

  test('is good for nothing else once any part of it is another', () => {
    const token = tokenOf(key(1), invitation);
    for (const more of [
      { groupId: '01900000-0000-7000-8000-000000000001' },
      { generation: 4 },
      { expiresAt: invitation.expiresAt + 1 },
    ])
      expect(isGood(key(1), { ...readToken(token)!, ...more }, before)).toBe(false);
  });

  test('is no link where its form is another', () => {
    const token = tokenOf(key(1), invitation);
    const odd = [
      '',
      '.',
      token.slice(1),
      `${token}x`,
      `${token}.`,
      token.replace('.3.', '.03x.'),
      token.replace('019', '0-9'),
    ];
    const bent = token.replace('-0000-7000-', '-00007000--');

    expect([...odd, bent].map(readToken)).toEqual(Array(8).fill(undefined));
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(() => readToken(text)).not.toThrow();
      }),
    );
  });
});
