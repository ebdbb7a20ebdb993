/** However runs that update a roster overlap, slow ones and repeated ones too, it ends as memberships and accounts say. */
import fc from 'fast-check';
import { followAccount, followMember, rosterOf } from '../../../functions/groups/core/roster.ts';
import { exists } from '../../../shared/data/conditions.ts';
import { Overtaken } from '../../../shared/data/meaning.ts';
import type { Table } from '../../../shared/data/table.ts';
import { create, type Write } from '../../../shared/data/writes.ts';
import { setUp } from '../../kernel/support.ts';

const groupId = 'g';
const accountId = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b9f';
const joinedAt = '2026-11-21T09:00:00.000Z';

type State = 'ACTIVE' | 'LEFT';
const membership = (state: State) => ({
  ...{ groupId, accountId, role: 'MEMBER', state, joinedAt },
  ...(state === 'ACTIVE' ? { presentIn: groupId } : {}),
});
const account = (nickname: string | undefined) => ({ accountId, ...(nickname ? { nickname } : {}) });
/** Stores an item, whether there is one or not. */
const put = (entity: 'Membership' | 'Account', item: object): Write =>
  create(entity, item as never, { orWhen: exists('pk') });

/** A change of a source: a name, a withdrawal, a membership that ends or begins again. */
type Cause = { readonly account: string | undefined } | { readonly member: State };
const cause: fc.Arbitrary<Cause> = fc.oneof(
  fc.constantFrom('a', 'b', undefined).map((name) => ({ account: name })),
  fc.constantFrom<State>('ACTIVE', 'LEFT').map((member) => ({ member })),
);

/** A table whose calls wait for their turn, before they are made and after. */
const slowly = (table: Table, s: fc.Scheduler): Table => {
  const turn = async <T>(call: () => Promise<T>): Promise<T> => {
    await s.schedule(Promise.resolve());
    const answer = await call();
    await s.schedule(Promise.resolve());
    return answer;
  };
  return {
    get: (...of) => turn(() => table.get(...of)),
    getAll: (...of) => turn(() => table.getAll(...of)),
    query: (...of) => turn(() => table.query(...of)),
    change: (...of) => turn(() => table.change(...of)),
    commit: (...of) => turn(() => table.commit(...of)),
  } as Table;
};

const signal = new AbortController().signal;
/** One delivery of a change, and those that follow where it gave up. */
async function deliver(table: Table, of: Cause): Promise<void> {
  const change = { old: undefined, now: 0, changedAt: 0, again: true, due: undefined, signal };
  const deps = { table } as never;
  try {
    if ('member' in of) await followMember({ ...change, item: membership(of.member) as never, after: undefined }, deps);
    else await followAccount({ ...change, item: account(of.account) as never, after: undefined }, deps);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    await deliver(table, of);
  }
}

test('rosters end right, in whichever order reads and writes of overlapping runs come', async () => {
  let overlapped = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(cause, { minLength: 1, maxLength: 4 }),
      fc.array(cause, { maxLength: 2 }),
      async (s, causes, repeated) => {
        const { table } = setUp();
        await table.commit([
          create('Account', account('a') as never),
          create('Membership', membership('ACTIVE') as never),
        ]);
        const slow = slowly(table, s);
        const all = async () => {
          const runs = [deliver(slow, { member: 'ACTIVE' }), ...repeated.map((each) => deliver(slow, each))];
          for (const each of causes) {
            await s.schedule(Promise.resolve());
            const [entity, item] =
              'member' in each
                ? (['Membership', membership(each.member)] as const)
                : (['Account', account(each.account)] as const);
            await table.commit([put(entity, item)]);
            runs.push(deliver(slow, each));
          }
          overlapped += runs.length > 1 ? 1 : 0;
          await Promise.all(runs);
        };

        await s.waitFor(all());

        const member = await table.get('Membership', { groupId, accountId });
        const now = await table.get('Account', { accountId });
        const name = member?.state === 'ACTIVE' ? now?.nickname : undefined;
        expect((await rosterOf(table, groupId)).get(accountId)?.nickname).toBe(name);
      },
    ),
    { numRuns: 60 },
  );
  expect(overlapped).toBeGreaterThan(20);
});
