/**
 * What must not compile. `npm run typecheck` fails where one of these lines does: each is preceded by the error that it
 * expects. Nothing here ever runs.
 */
import { route } from '../../shared/core/contract.ts';
import { is } from '../../shared/data/conditions.ts';
import { tell } from '../../shared/data/outbox.ts';
import { or, ref, type Table } from '../../shared/data/table.ts';
import { check, create, patch, revised, upsert } from '../../shared/data/writes.ts';
import { news } from '../../shared/messages/news.ts';

export async function nonsense(table: Table) {
  // A key that is another kind's.
  // @ts-expect-error a membership has no such key
  ref('Membership', { groupId: 'g' });
  // @ts-expect-error a group's key has no such part
  await table.get('Group', { nonsense: 'x' });
  // @ts-expect-error there is no such kind
  await table.get('Gruop', { groupId: 'g' });

  // A partition that is another pattern's, and items read as what they are not.
  // @ts-expect-error present members are asked for by group
  await table.query('presentMembers', { accountId: 'a' }, { limit: 1 });
  const { items } = await table.query('presentMembers', { presentIn: 'g' }, { limit: 1 });
  // @ts-expect-error a membership is no certification
  items[0]?.certificationId;
  const group = await table.get('Group', { groupId: 'g' });
  // @ts-expect-error a typo
  group?.titel;

  // Attributes that are not there, or are something else.
  // @ts-expect-error a typo
  patch('Group', { groupId: 'g' }, { set: { titel: 'x' } });
  // @ts-expect-error a title is text
  patch('Group', { groupId: 'g' }, { set: { title: 5 } });
  // @ts-expect-error titles are not counted
  patch('Group', { groupId: 'g' }, { add: { title: 1 } });
  // @ts-expect-error index attributes are the data layer's
  patch('Group', { groupId: 'g' }, { remove: ['gsi1pk'] });
  // @ts-expect-error a typo in a condition
  check('Membership', { groupId: 'g', accountId: 'a' }, is('sate', 'ACTIVE'));
  // @ts-expect-error a typo in what is counted
  upsert('Blocks', { accountId: 'a' }, { add: { cuont: 1 } });
  // @ts-expect-error thirty attributes are missing
  create('Group', { groupId: 'g' });
  if (group) {
    // @ts-expect-error a typo in a revision
    revised('Group', group, { titel: 'x' });
  }
  // @ts-expect-error blocks have no versions
  revised('Blocks', { accountId: 'a', count: 1 }, { count: 2 });

  // Refusals.
  // @ts-expect-error there is no such problem
  or('NOT_FUOND', check('Account', { accountId: 'a' }));
  // @ts-expect-error the item that stood in the way is an account
  or((account) => (account?.titel ? 'NOT_FOUND' : 'TRY_AGAIN'), check('Account', { accountId: 'a' }));
  const done = await table.commit([check('Account', { accountId: 'a' })]);
  // @ts-expect-error a commit answers whether it was done
  done?.tpyo;

  // A POST that anybody may send, without a limit of what one place may use up.
  // @ts-expect-error it has none
  route({ method: 'POST', path: '/v1/bells', summary: 'Ring', auth: 'none' });
  // @ts-expect-error there is no such limit
  route({ method: 'POST', path: '/v1/bells', summary: 'Ring', auth: 'none', fromPlace: 'ringFromPlcae' });
  // @ts-expect-error that one is no limit of a place
  route({ method: 'POST', path: '/v1/bells', summary: 'Ring', auth: 'none', fromPlace: 'refreshOfSession' });
  route({ method: 'POST', path: '/v1/bells', summary: 'Ring', auth: 'none', fromPlace: 'codeFromPlace' });

  // News.
  const left = news('LEFT', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{actor}님이 {title}{을/를}',
    en: '{actor} {title}',
    many: 'latest',
  });
  // @ts-expect-error the title is missing
  tell(left, 0, { to: [], by: 'a', groupId: 'g' });
  // @ts-expect-error the screen needs a group
  tell(left, 0, { to: [], by: 'a', title: 't' });
  const ofGroup = { class: 'group', concerns: 'group', screen: 'group' } as const;
  // @ts-expect-error the languages name different values
  news('LEFT', { ...ofGroup, ko: '{title}', en: '{titel}', many: 'latest' });
  // @ts-expect-error what it concerns is not said, so no volume can decide on it
  news('LEFT', { class: 'group', screen: 'group', ko: '{title}', en: '{title}', many: 'latest' });
  // @ts-expect-error it is of a group, and has no text for several
  news('LEFT', { ...ofGroup, ko: '{title}', en: '{title}' });
  // @ts-expect-error the text for several does not say how many
  news('LEFT', { ...ofGroup, ko: '{title}', en: '{title}', many: { ko: '{title}', en: '{title}' } });
}
