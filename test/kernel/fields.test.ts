/** What people read at a field that is refused: every kind of issue that a schema can report, in both languages. */
import * as z from 'zod';
import { because } from '../../shared/core/contract.ts';
import { reasonOf } from '../../shared/messages/fields.ts';
import { catalogOf } from '../../shared/messages/text.ts';

const reasonsOf = (schema: z.ZodType, value: unknown) => {
  const issues = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  return issues.map((issue) => [reasonOf(issue, 'ko'), reasonOf(issue, 'en')]);
};

const required = ['꼭 입력해 주세요.', 'Please fill this in.'] as const;
const format = ['올바르게 썼는지 확인해 주세요.', 'Please check how this is written.'] as const;
const other = ['이 항목을 확인해 주세요.', 'Please check this field.'] as const;
const choose = ['보기 중에서 골라 주세요.', 'Choose one of the options.'] as const;
const shape = z.discriminatedUnion('every', [
  z.object({ every: z.literal('DAY') }),
  z.object({ every: z.literal('WEEK') }),
]);

test.each<[string, z.ZodType, unknown, readonly [string, string]]>([
  // Missing, whatever is expected.
  ['a text', z.string(), undefined, required],
  ['a text', z.string(), null, required],
  ['a text that must not be empty', z.string().min(1), '', required],
  ['a choice', z.enum(['A', 'B']), undefined, required],
  ['an e-mail address', z.email(), undefined, required],
  ['yes or no', z.boolean(), undefined, required],
  ['the kind of a shape', shape, {}, required],
  // Of another type.
  ['a text', z.string(), 7, ['글자로 입력해 주세요.', 'Enter text.']],
  ['an amount', z.number(), 'x', ['10처럼 숫자로 입력해 주세요.', 'Enter digits, for example 10.']],
  ['an amount of a query', z.coerce.number(), 'x', ['10처럼 숫자로 입력해 주세요.', 'Enter digits, for example 10.']],
  [
    'a whole amount',
    z.int(),
    1.5,
    ['10처럼 소수점 없는 숫자로 입력해 주세요.', 'Enter digits without a decimal point, for example 10.'],
  ],
  ['yes or no', z.boolean(), 'yes', ['예 또는 아니요로 골라 주세요.', 'Choose yes or no.']],
  ['a list', z.array(z.string()), 'x', ['목록으로 입력해 주세요.', 'Enter a list.']],
  ['fields', z.object({}), 'x', ['이 항목의 내용을 채워 주세요.', 'Fill in the parts of this field.']],
  ['nothing', z.null(), 'x', ['비워 주세요.', 'Leave this empty.']],
  ['nothing', z.never(), 'x', ['비워 주세요.', 'Leave this empty.']],
  ['a set', z.set(z.string()), 'x', other],
  // Too small, too big.
  ['a text', z.string().min(2), 'x', ['2자 이상 입력해 주세요.', 'Enter at least 2 characters.']],
  [
    'a text',
    z.string().max(1000),
    'x'.repeat(1001),
    ['1,000자 이하로 입력해 주세요.', 'Enter at most 1,000 characters.'],
  ],
  ['a text', z.string().length(6), 'x', ['6자로 입력해 주세요.', 'Enter exactly 6 characters.']],
  ['an amount', z.int().min(1), 0, ['1 이상으로 입력해 주세요.', 'Enter 1 or more.']],
  ['an amount', z.int().max(50), 51, ['50 이하로 입력해 주세요.', 'Enter 50 or less.']],
  ['an amount', z.number().gt(0), 0, ['0보다 크게 입력해 주세요.', 'Enter more than 0.']],
  ['an amount', z.number().lt(5), 5, ['5보다 작게 입력해 주세요.', 'Enter less than 5.']],
  ['an amount', z.bigint().max(5n), 6n, ['5 이하로 입력해 주세요.', 'Enter 5 or less.']],
  ['a list', z.array(z.int()).min(2), [1], ['2개 이상 골라 주세요.', 'Choose at least 2.']],
  ['a list', z.array(z.int()).max(1), [1, 2], ['1개까지 고를 수 있어요.', 'Choose at most 1.']],
  ['a list', z.array(z.int()).length(2), [1], ['2개를 골라 주세요.', 'Choose exactly 2.']],
  ['an amount', z.number().multipleOf(5), 7, ['5의 배수로 입력해 주세요.', 'Enter a multiple of 5.']],
  // Formats.
  ['an e-mail address', z.email(), 'x', ['올바른 이메일 주소를 입력해 주세요.', 'Enter a valid e-mail address.']],
  [
    'a web address',
    z.url({ protocol: /^https?$/ }),
    'ftp://x',
    ['http://나 https://로 시작하는 주소를 입력해 주세요.', 'Enter an address that begins with http:// or https://.'],
  ],
  [
    'an id',
    z.uuid(),
    'x',
    ['고르신 것을 찾을 수 없어요. 다시 골라 주세요.', 'This choice is not valid. Please choose again.'],
  ],
  [
    'a day',
    z.iso.date(),
    '2027-02-30',
    ['2027-03-01처럼 날짜를 입력해 주세요.', 'Enter a date, for example 2027-03-01.'],
  ],
  [
    'an instant',
    z.iso.datetime(),
    'x',
    [
      '2027-03-01T09:00:00Z처럼 날짜와 시각을 입력해 주세요.',
      'Enter a date and a time, for example 2027-03-01T09:00:00Z.',
    ],
  ],
  ['a time', z.iso.time(), 'x', ['22:00처럼 시각을 입력해 주세요.', 'Enter a time of day, for example 22:00.']],
  ['a pattern without a name', z.string().regex(/^a$/), 'x', format],
  ['a text with a beginning', z.string().startsWith('a'), 'x', format],
  // Choices.
  ['a choice', z.enum(['WEB', 'FCM']), 'x', ['WEB, FCM 중에서 골라 주세요.', 'Choose one of WEB, FCM.']],
  ['a single choice', z.literal('me'), 'x', ['‘me’만 넣을 수 있어요.', 'Only “me” is possible here.']],
  ['a long choice', z.enum(['A'.repeat(30), 'B'.repeat(30)]), 'x', choose],
  ['the kind of a shape', shape, { every: 'x' }, choose],
  ['either of two', z.union([z.string(), z.int()]), true, choose],
  // What belongs nowhere.
  [
    'a field too many',
    z.strictObject({}),
    { x: 1 },
    ['여기에 없는 항목이에요. 빼 주세요.', 'This field does not exist here. Remove it.'],
  ],
  ['a key', z.record(z.uuid(), z.int()), { x: 1 }, other],
  // The rules of contracts.
  ['a rule without a name', z.string().refine(() => false), 'x', other],
  [
    'a rule with a name',
    z.string().refine(() => false, { ...because('duplicates'), path: ['x'] }),
    'x',
    ['같은 것은 한 번만 골라 주세요.', 'Choose each of them only once.'],
  ],
  [
    'a pattern with a name',
    z.string().regex(/^\d{6}$/, because('emailCode')),
    'x',
    ['인증번호 여섯 자리를 입력해 주세요.', 'Enter the six digits of the code.'],
  ],
  [
    'a size with a name',
    z.int().max(1, because('fileTooLarge')),
    2,
    [
      '10 MB까지 올릴 수 있어요. 크기를 줄여서 다시 올려 주세요.',
      'Files may have up to 10 MB. Make it smaller and upload it again.',
    ],
  ],
])('%s is asked for in words', (_, schema, value, expected) => {
  expect(reasonsOf(schema, value)).toEqual([expected]);
});

test('a message that only looks like the name of a reason is not said', () => {
  const message = 'constructor';

  expect(
    reasonsOf(
      z.string().refine(() => false, { error: message }),
      'x',
    ),
  ).toEqual([other]);
  expect(Object.keys(catalogOf('ko').fields)).not.toContain(message);
});
