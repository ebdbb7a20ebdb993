/** What reminders say, in both languages. */
import type { Circle, Task } from '../../functions/activity/reminders/moment-rules.ts';
import type { Entry, Said } from '../../functions/activity/reminders/rules.ts';
import { encourages, wordsOf } from '../../functions/activity/reminders/words.ts';
import type { Spoken } from '../../shared/messages/news.ts';
import { fillIn } from '../../shared/messages/text.ts';

const circle = (title: string): Circle => ({
  ...{ groupId: title, title, from: '2026-01-01', until: '2026-12-31', ends: true },
  days: { timeZone: 'Asia/Seoul' },
});
const entry = (cause: Entry['cause'], group: string, title = group, sentence?: string): Entry => {
  const of = circle(group);
  if (cause === 'END') return { cause, circle: of };
  const own = sentence === undefined ? undefined : { times: [], weekdays: [1], sentence };
  const task: Task = { circle: of, missionId: title, title, kind: 'REPEAT', weekdaysOn: () => [1], own };
  return { cause, circle: of, task };
};
const said = (entries: Entry[], more: Partial<Said> = {}): Said => ({
  ...{ kind: 'ENTRIES', entries, day: '2026-03-02', last: false },
  ...more,
});
/** The whole text, as a reader of each language gets it. */
function linesOf(reminder: Said, motivation: Spoken | undefined) {
  const { news, values } = wordsOf(reminder, motivation);
  const inLanguage = (locale: 'ko' | 'en') =>
    fillIn(
      news.texts[locale],
      Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, value[locale]])),
    );
  return { ko: inLanguage('ko'), en: inLanguage('en') };
}
const words = { ko: '응원해요.', en: 'Go on.' };

test.each([
  ['daily', [entry('DAILY', '독서')], '오늘은 독서가 남아 있어요.', 'Left for today: 독서.'],
  ['own', [entry('OWN', '모임', '물')], '오늘은 물 (모임)이 남아 있어요.', 'Left for today: 물 (모임).'],
  ['eve', [entry('EVE', '독서', '1장')], '1장 (독서)는 내일까지예요.', 'Due tomorrow: 1장 (독서).'],
  ['due', [entry('DUE_DAY', '독서')], '독서는 오늘까지예요.', 'Due today: 독서.'],
  ['end', [entry('END', '독서')], '독서가 3일 뒤에 끝나요.', 'Ends in 3 days: 독서.'],
  [
    'all, the most urgent first',
    [entry('DAILY', 'A'), entry('OWN', 'B'), entry('END', 'A'), entry('EVE', 'C'), entry('DUE_DAY', 'D')],
    'D는 오늘까지예요.\nC는 내일까지예요.\n오늘은 A, B가 남아 있어요.\nA가 3일 뒤에 끝나요.',
    'Due today: D.\nDue tomorrow: C.\nLeft for today: A, B.\nEnds in 3 days: A.',
  ],
  [
    'more than five',
    ['하나', '둘', '셋', '넷', '다섯', '여섯', '일곱'].map((title) => entry('DAILY', title)),
    '오늘은 하나, 둘, 셋, 넷, 다섯 외 2개가 남아 있어요.',
    'Left for today: 하나, 둘, 셋, 넷, 다섯 and 2 more.',
  ],
  [
    'a sentence of one’s own',
    [entry('OWN', '독서', '독서', '식탁에서')],
    '오늘은 독서가 남아 있어요.\n독서: “식탁에서”',
    'Left for today: 독서.\n독서: “식탁에서”',
  ],
])('%s', (_, entries, ko, en) => {
  expect(linesOf(said(entries), undefined)).toEqual({ ko, en });
});

test('row 112: what encourages comes after what is open, and the last of three says that reminders pause', () => {
  const all = linesOf(said([entry('DAILY', '독서')], { last: true }), words);

  expect(all.ko.split('\n').slice(1)).toEqual(['응원해요.', '소식이 없으면 알림은 잠시 쉴게요. 쉬어 가도 괜찮아요.']);
  expect(all.en.split('\n')).toHaveLength(3);
  expect(encourages(said([entry('DAILY', 'A')]))).toBe(true);
  expect(encourages(said([entry('END', 'A'), entry('EVE', 'A')]))).toBe(false);
  expect(encourages(said([entry('DAILY', 'A')], { kind: 'LINE' }))).toBe(false);
});

test('row 144: the line of a week names nothing that was missed', () => {
  const line = linesOf(said([entry('DAILY', '독서')], { kind: 'LINE' }), words);

  expect(line.ko).toBe('자리를 비워 두었어요. 다시 하고 싶을 때 언제든 와 주세요.');
  expect(line.en).not.toContain('독서');
});

test('a reminder is of the kind of the weightiest that it says', () => {
  const type = (...causes: Entry['cause'][]) =>
    wordsOf(said(causes.map((cause) => entry(cause, cause))), undefined).news.type;

  expect([type('DAILY', 'END'), type('OWN'), type('END'), type('DAILY', 'EVE'), type('EVE', 'DUE_DAY')]).toEqual([
    ...['REMIND_DAILY', 'REMIND_DAILY', 'REMIND_END', 'REMIND_D1', 'REMIND_DDAY'],
  ]);
  expect(wordsOf(said([entry('DAILY', 'A')], { kind: 'LINE' }), undefined).news.type).toBe('REMIND_BACK');
});
