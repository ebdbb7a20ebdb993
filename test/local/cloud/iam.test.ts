import fc from 'fast-check';
import { isAllowed, matches, type Statement } from '../../../local/runtime/iam.ts';

const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:*',
  Resource: '*',
  ...more,
});
/** A policy variable, or with one character that character itself. */
const variable = (name: string) => `\${${name}}`;
const deny = (more: Partial<Statement> = {}): Statement => ({ ...allow(more), Effect: 'Deny' });
const judge = (
  statements: readonly Statement[],
  action = 's3:GetObject',
  resource = 'arn:aws:s3:::photos/a/b.jpg',
  context: Record<string, readonly string[]> = {},
) => isAllowed(statements, { action, resource, context });

test.each<[string, readonly Statement[], boolean]>([
  ['nothing said', [], false],
  ['an allowance', [allow()], true],
  ['an allowance of another action', [allow({ Action: 'dynamodb:*' })], false],
  ['an allowance of an exact action', [allow({ Action: ['s3:PutObject', 's3:GetObject'] })], true],
  ['an action in other letters', [allow({ Action: 'S3:getobject' })], true],
  ['a part of an action', [allow({ Action: 's3:Get' })], false],
  ['one character by a question mark', [allow({ Action: 's3:?etObject' })], true],
  ['a resource below a prefix', [allow({ Resource: 'arn:aws:s3:::photos/a/*' })], true],
  ['a resource beside a prefix', [allow({ Resource: 'arn:aws:s3:::photos/b/*' })], false],
  ['a resource in other letters', [allow({ Resource: 'arn:aws:s3:::PHOTOS/*' })], false],
  ['a bucket without its objects', [allow({ Resource: 'arn:aws:s3:::photos' })], false],
  ['I1: a star that would cross a colon', [allow({ Resource: 'arn:aws:s*photos/a/b.jpg' })], false],
  ['I1: a star for one part', [allow({ Resource: 'arn:*:s3:*:*:photos/a/*' })], true],
  ['I1: a question mark for a colon', [allow({ Resource: 'arn:aws:s3?::photos/a/b.jpg' })], false],
  ['I1: fewer parts', [allow({ Resource: 'arn:aws:s3:*' })], false],
  ['I3: a star that is a star', [allow({ Resource: `arn:aws:s3:::photos/${variable('*')}` })], false],
  ['a dot that is no wildcard', [allow({ Resource: 'arn:aws:s3:::photos/a/bxjpg' })], false],
  ['a denial besides', [allow(), deny()], false],
  ['a denial before', [deny(), allow()], false],
  ['a denial of something else', [allow(), deny({ Action: 's3:DeleteObject' })], true],
])('%s', (_, statements, expected) => {
  expect(judge(statements)).toBe(expected);
});

const leadingKeys = allow({
  Condition: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ACCOUNT#*', 'EMAIL#*'] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
});
test.each<[string, Statement, Record<string, readonly string[]>, boolean]>([
  ['every key under a prefix', leadingKeys, { 'dynamodb:LeadingKeys': ['ACCOUNT#1', 'EMAIL#x'] }, true],
  ['one key elsewhere', leadingKeys, { 'dynamodb:LeadingKeys': ['ACCOUNT#1', 'GROUP#1'] }, false],
  ['no key named, as in a scan', leadingKeys, {}, false],
  ['no key, where only "for all" is asked', allow({ Condition: { 'ForAllValues:StringLike': { k: 'a' } } }), {}, true],
  ['an equal value', allow({ Condition: { StringEquals: { k: ['a', 'b'] } } }), { k: ['b'] }, true],
  ['another value', allow({ Condition: { StringEquals: { k: 'a' } } }), { k: ['A'] }, false],
  ['no value', allow({ Condition: { StringEquals: { k: 'a' } } }), {}, false],
  ['a like value', allow({ Condition: { StringLike: { k: 'no-*@x.y' } } }), { k: ['no-reply@x.y'] }, true],
  ['I3: a truth in capitals', allow({ Condition: { Bool: { k: 'True' } } }), { k: ['true'] }, true],
  ['I3: any of the values', allow({ Condition: { 'ForAnyValue:StringEquals': { k: 'b' } } }), { k: ['a', 'b'] }, true],
  ['I3: none of the values', allow({ Condition: { 'ForAnyValue:StringLike': { k: 'c*' } } }), { k: ['a'] }, false],
  ['I3: any of no values', allow({ Condition: { 'ForAnyValue:StringLike': { k: '*' } } }), {}, false],
  ['a truth', allow({ Condition: { Bool: { k: 'true' } } }), { k: ['false'] }, false],
  ['something that must be absent', allow({ Condition: { Null: { k: 'true' } } }), { k: ['x'] }, false],
  [
    'two conditions, one of which fails',
    allow({ Condition: { StringEquals: { k: 'a', l: 'b' } } }),
    { k: ['a'] },
    false,
  ],
])('a condition on %s', (_, statement, context, expected) => {
  expect(judge([statement], 's3:GetObject', 'x', context)).toBe(expected);
});

test('a condition operator that is not known fails loudly', () => {
  const statement = allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });

  expect(() => judge([statement])).toThrow('does not know the IAM condition operator IpAddress');
});

test('I1: a star in the last part stands for colons too, and the text itself may have stars and dollars', () => {
  const arn = 'arn:aws:logs:us-east-1:0:log-group:one:stream:two';

  expect(judge([allow({ Resource: 'arn:aws:logs:us-east-1:0:log-group:*' })], 's3:x', arn)).toBe(true);
  expect(
    judge(
      [allow({ Resource: `arn:aws:s3:::a/${['*', '$', '?'].map(variable).join('')}$` })],
      's3:x',
      'arn:aws:s3:::a/*$?$',
    ),
  ).toBe(true);
});

test.each<[string, object]>([
  [
    `the policy variable ${variable('aws:username')}`,
    { Resource: `arn:aws:s3:::photos/${variable('aws:username')}/*` },
  ],
  ['a statement without Action and Resource', { Action: undefined, NotAction: 's3:*' }],
  ['a statement without Action and Resource', { Resource: undefined, NotResource: '*' }],
])('I3: %s fails loudly', (what, more) => {
  expect(() => judge([{ ...allow(), ...more } as Statement])).toThrow(`the local cloud does not know ${what}`);
});

const texts = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '.', '*', '?', '(', '\n') });

test('a pattern without wildcards matches itself and nothing else', () => {
  const plain = texts.map((text) => text.replaceAll(/[*?]/g, 'c'));
  fc.assert(
    fc.property(plain, texts, (pattern, text) => {
      expect(matches(pattern, pattern)).toBe(true);
      expect(matches(pattern, text)).toBe(pattern === text);
    }),
  );
});

test('a star stands for any text, a question mark for any one character', () => {
  fc.assert(
    fc.property(texts, texts, texts, (before, between, after) => {
      const plain = (text: string) => text.replaceAll(/[*?]/g, 'c');
      const [first, last] = [plain(before), plain(after)];

      expect(matches(`${first}*${last}`, first + between + last)).toBe(true);
      expect(matches(`${first}?${last}`, `${first}\n${last}`)).toBe(true);
      expect(matches(`${first}?${last}`, first + last)).toBe(false);
    }),
  );
});

test('a denial is never outweighed, and allowances only ever add', () => {
  const effects = fc.constantFrom<Statement['Effect']>('Allow', 'Deny');
  const statements = fc.array(
    fc.record({
      Effect: effects,
      Action: fc.constantFrom('s3:*', 's3:GetObject', 's3:PutObject'),
      Resource: fc.constantFrom('*', 'arn:aws:s3:::photos/*', 'arn:aws:s3:::other/*'),
    }),
  );
  fc.assert(
    fc.property(statements, (some) => {
      expect(judge([...some, deny()])).toBe(false);
      if (judge(some)) expect(judge([...some, allow()])).toBe(true);
    }),
  );
});
