import { beyond, mayEdit, unreadFirst } from '../../functions/talking/posts/rules.ts';
import { postKinds } from '../../functions/talking/posts/values.ts';

test('row 80: nobody changes the words of others, and no notice has words of somebody who may write none', () => {
  const flags = [false, true];
  for (const isAuthor of flags)
    for (const runs of flags)
      for (const changesText of flags)
        for (const before of postKinds)
          for (const kind of postKinds) {
            const touchesNotice = before === 'NOTICE' || kind === 'NOTICE';
            const expected = isAuthor ? runs || !touchesNotice : runs && !changesText;
            expect(mayEdit({ isAuthor, runs, changesText, before, kind })).toBe(expected);
          }
});

test('row 80: unread first, each part in its order', () => {
  expect(unreadFirst([5, 4, 3, 2, 1], (each) => each % 2 === 0)).toEqual([5, 3, 1, 4, 2]);
  expect(unreadFirst([], () => true)).toEqual([]);
});

test('only posts that are older than all that was looked at are looked up', () => {
  expect(beyond(['a', 'c', 'b'], 'b')).toEqual(['a']);
  expect(beyond(['a'], undefined)).toEqual([]);
});
