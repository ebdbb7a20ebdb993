/**
 * Which functions could make themselves somebody else, read a key, or read what authorises, computed from the templates that
 * are deployed. The lists are exact: whoever adds a power here says why, and a right that is gone leaves the list.
 */
import { features } from '../../functions/features.ts';
import { matches } from '../../local/runtime/iam.ts';
import { tablePrefix } from '../../shared/data/keys.ts';
import { type EntityName, entities } from '../../shared/data/registry.ts';
import { asArray, functionsIn, type Statement, templatesOf } from './templates.ts';

const functions = functionsIn(templatesOf(features, 'prod').service);

/** The kinds of items that let somebody in, or make them more than they are. */
const authorising = [
  ...['Authority', 'Administrator', 'Credential', 'Identity', 'Session', 'KeySet'],
  ...['EmailTicket', 'SocialTicket', 'SocketTicket', 'EmailCode', 'SocialSignIn', 'EmailUndo', 'Factors', 'Totp'],
] as const satisfies readonly EntityName[];
/** Of these, what is not meant for those who only look whether somebody is signed in. */
const secretive = authorising.filter((kind) => !['Authority', 'Session', 'Administrator', 'KeySet'].includes(kind));

const does = ({ Effect, Action }: Statement, action: string) =>
  Effect === 'Allow' && asArray(Action).some((pattern) => matches(pattern, action, true));
/** Whether a statement reaches items whose partition key begins so. One without leading keys reaches all. */
function reaches({ Condition }: Statement, prefix: string): boolean {
  const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return keys === undefined || asArray(keys as string | string[]).some((pattern) => matches(pattern, `${prefix}x`));
}
const may = (statements: readonly Statement[], actions: readonly string[], prefix: string) =>
  statements.some((each) => actions.some((action) => does(each, `dynamodb:${action}`)) && reaches(each, prefix));

/** What each function holds of something, without those that hold nothing. */
const heldBy = (powers: (statements: readonly Statement[]) => readonly string[]) =>
  Object.fromEntries(
    [...functions].flatMap(([id, { statements }]) => {
      const all = powers(statements);
      return all.length > 0 ? [[id, all.join(' ')]] : [];
    }),
  );
const secretsFor = (action: string) => (statements: readonly Statement[]) =>
  statements
    .filter((each) => does(each, `secretsmanager:${action}`))
    .flatMap(({ Resource }) => asArray(Resource))
    .map((arn) => /-(\w+)Arn"/.exec(JSON.stringify(arn))?.[1] ?? JSON.stringify(arn))
    .sort();

const writing = ['PutItem', 'UpdateItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate'];
const reading = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PartiQLSelect'];

test('F01: eight functions could plant something that lets them in as somebody else, or makes them more than they are', () => {
  expect(heldBy((statements) => authorising.filter((kind) => may(statements, writing, tablePrefix(kind))))).toEqual({
    // Passwords, addresses and codes: whoever sets a password can sign in with it.
    // After a reset, and where a change of address is undone, it ends ways in that were added since.
    'accounts-http': 'Authority Credential EmailTicket EmailCode EmailUndo Factors',
    // It approves accounts and appoints administrators. It makes no way in: an address in an authority opens no claim of another.
    'admin-http': 'Authority Administrator',
    // Tickets for sockets alone: it could listen as somebody else.
    'connections-http': 'SocketTicket',
    'connections-socket-authorizer': 'SocketTicket',
    // Passkeys and authenticator apps. Of a session it writes when it was proved.
    'factors-http': 'Session Factors Totp',
    // Signs in and up with providers.
    'identities-http': 'Authority Credential Identity Session KeySet SocialTicket SocialSignIn',
    // It ends suspensions at their time.
    'minute-job': 'Authority',
    // Signs in and up with passwords and passkeys, and mails a code as proof.
    'sessions-http': 'Authority Credential Session KeySet EmailCode Factors Totp',
  });
});

test('F22: keys are read by whoever makes something with them, and by nobody who only checks', () => {
  expect(heldBy(secretsFor('GetSecretValue'))).toEqual({
    // It judges codes, knows devices again, and gives a device token after a reset.
    'accounts-http': 'CodeKey DeviceKey',
    // What seals an upload ticket opens it too.
    'certifications-http': 'UploadKey',
    'chat-http': 'UploadKey',
    'chat-socket': 'UploadKey',
    'files-http': 'UploadKey',
    'groups-http': 'UploadKey',
    'profiles-http': 'UploadKey',
    // It shows the public key that subscriptions are made with.
    'devices-http': 'PushKeys',
    // Challenges for passkeys are sealed with it.
    'factors-http': 'DeviceKey',
    // The two that answer a session. One of them judges the code that was mailed as proof.
    'identities-http': 'DeviceKey SessionKey SocialProviders',
    'sessions-http': 'CodeKey DeviceKey SessionKey',
    // It mails the codes, so it knows them, and could reset a password with one; what it could not do is tried again from the queue.
    'live-stream': 'CodeKey PushKeys',
    'parked-queue': 'CodeKey PushKeys',
    // What was held back for ten minutes is pushed by the clock.
    'minute-job': 'PushKeys',
  });
  // Whoever makes the new keys knows them for a moment. It reads none, and no item.
  expect(heldBy(secretsFor('PutSecretValue'))).toEqual({ 'sessions-job': 'CodeKey DeviceKey SessionKey' });
});

test('F01: hashes, codes, tickets and identities are read by whoever judges them or tells their owner of them', () => {
  expect(heldBy((statements) => secretive.filter((kind) => may(statements, reading, tablePrefix(kind))))).toEqual({
    'accounts-http': 'Credential Identity EmailTicket EmailCode EmailUndo Factors',
    'identities-http': 'Credential Identity SocialTicket Factors',
    'sessions-http': 'Credential EmailTicket EmailCode Factors Totp',
    'factors-http': 'Factors Totp',
    // Which ways a person has to prove who they are: the answer PROOF_NEEDED names them.
    'admin-http': 'Factors',
    // The mail says whether an account has the address.
    'live-stream': 'Credential EmailCode',
    'parked-queue': 'Credential EmailCode',
    // The ways in that end with a withdrawal, and the archive of one’s own data.
    'privacy-http': 'Identity EmailTicket Factors',
    'minute-job': 'Identity Factors',
  });
});

test('F01: two functions read the stream, and with it every item that changes', () => {
  // IAM cannot cut a stream. What they see opens nothing: secrets stand in items as hashes of 256 random bits, codes as what
  // they are derived from, passwords as argon2id. Two facts stay: hashes of passwords can be guessed at, and `live-stream` has the
  // key of the codes.
  const readers = heldBy((statements) =>
    statements.some((each) => does(each, 'dynamodb:GetRecords')) ? ['every change'] : [],
  );

  expect(readers).toEqual({ 'background-stream': 'every change', 'live-stream': 'every change' });
});

test('no function has a right over functions, roles, keys of AWS or tables, by which it could give itself more', () => {
  const services = new Set(
    [...functions.values()].flatMap(({ statements }) =>
      statements.flatMap(({ Action }) => asArray(Action).map((action) => action.split(':')[0])),
    ),
  );
  const onItems = /^dynamodb:(\w*Item|Query|GetRecords|GetShardIterator|DescribeStream|ListStreams)$/;
  const others = heldBy((statements) =>
    statements.flatMap(({ Action }) =>
      asArray(Action).filter((action) => /^dynamodb:/.test(action) && !onItems.test(action)),
    ),
  );

  expect([...services].sort()).toEqual(['dynamodb', 'execute-api', 'logs', 's3', 'secretsmanager', 'ses', 'sqs']);
  expect(others).toEqual({});
});

test('the list would see a right that somebody adds', () => {
  const onKeys = (...keys: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } });
  const given = (Action: string, Condition?: Statement['Condition']): Statement[] => [
    { Sid: 'x', Effect: 'Allow', Action, Resource: '*', ...(Condition ? { Condition } : {}) },
  ];

  expect(may(given('dynamodb:PutItem', onKeys('LOGIN#*')), writing, tablePrefix('Credential'))).toBe(true);
  expect(may(given('dynamodb:PutItem', onKeys('LO*')), writing, tablePrefix('Credential'))).toBe(true);
  expect(may(given('dynamodb:*'), writing, tablePrefix('Credential'))).toBe(true);
  expect(may(given('dynamodb:PutItem', onKeys('LOGINS#*')), writing, tablePrefix('Credential'))).toBe(false);
  expect(may(given('dynamodb:DeleteItem', onKeys('LOGIN#*')), writing, tablePrefix('Credential'))).toBe(false);
});

test('what authorises shares its partitions with nothing else', () => {
  const others = (Object.keys(entities) as EntityName[]).filter((kind) => !authorising.some((each) => each === kind));

  for (const kind of authorising)
    expect(others.filter((other) => tablePrefix(other).startsWith(tablePrefix(kind)))).toEqual([]);
});
