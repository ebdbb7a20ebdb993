/** Row 79: how a message begins, and how far a mark reads. */
import fc from 'fast-check';
import { beginningOf, isUnread, readTo } from '../../functions/talking/messages/rules.ts';
import { limits } from '../../shared/product/limits.ts';

test('a message begins with its title, or else its text: on one line, whole characters, never longer than the limit', () => {
  expect(beginningOf({ title: 'Sunday', body: 'x' })).toBe('Sunday');
  expect(beginningOf({ body: ' a\n\n b ' })).toBe('a b');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), (body) => {
      const begins = beginningOf({ body });
      const line = body.replace(/\s+/g, ' ').trim();
      expect([...begins].length).toBeLessThanOrEqual(limits.message.preview);
      expect(begins).not.toMatch(/[\n\r\t]/);
      if ([...line].length <= limits.message.preview) expect(begins).toBe(line);
      else expect([...line].slice(0, limits.message.preview - 1).join('')).toBe(begins.slice(0, -1));
    }),
  );
});

test('a mark never reads beyond the last message, and says whether anything is left', () => {
  expect(readTo({}, 'b')).toBeUndefined();
  const ids = ['a', 'b', 'c'];
  for (const lastIn of ids)
    for (const upTo of ids)
      expect(readTo({ lastIn }, upTo)).toEqual({
        until: [lastIn, upTo].toSorted()[0],
        isAll: upTo >= lastIn,
      });
});

test('what lies behind the own mark is unread, as long as the conversation is', () => {
  expect(isUnread({ rank: '0' }, 'b')).toBe(false);
  expect(isUnread({ rank: '1' }, 'b')).toBe(true);
  expect(['a', 'b', 'c'].map((id) => isUnread({ rank: '1', readIn: 'b' }, id))).toEqual([false, false, true]);
});
