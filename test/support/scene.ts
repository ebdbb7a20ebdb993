/** Scenes that several use cases start from, and looks behind the front door at what they left there. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { issueAccessToken } from '../../functions/accounts/sessions/tokens.ts';
import { endedMembership } from '../../functions/groups/core/departure.ts';
import type { FaultKind } from '../../local/engines/table/faults.ts';
import { type SigningKey, signingKeysOf } from '../../shared/adapters/signing-key.ts';
import { newId } from '../../shared/core/ids.ts';
import { piecesOf } from '../../shared/core/parallel.ts';
import { iso } from '../../shared/core/time.ts';
import type { EntityName } from '../../shared/data/registry.ts';
import { transactionOf } from '../../shared/data/transaction.ts';
import { create, patch, type Values, type Write } from '../../shared/data/writes.ts';
import { type Actor, actorAt, type Reply } from './actor.ts';
import { everyItem, type RawItem } from './items.ts';
import { listen } from './listener.ts';
import { challenge, type Moim, type Person, upload } from './moim.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
type Json = any;

/** One call to the table engine as the laptop's owner. */
export async function askTable(moim: Moim, operation: string, body: object): Promise<Json> {
  const answer = await moim.table.handle(
    {
      method: 'POST',
      path: '/',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
      body: Buffer.from(JSON.stringify(body)),
    },
    moim.owner.caller,
  );
  const json = JSON.parse(Buffer.from(answer.body).toString());
  if (answer.status !== 200) throw new Error(JSON.stringify(json));
  return json;
}

export const tableName = (moim: Moim): string =>
  moim.functions.find(({ id }) => id === 'groups-http')!.environment.TABLE_NAME!;

/** Puts an item of a kind into the table, past every route. */
export function put<E extends EntityName>(moim: Moim, entity: E, values: Values<E>): Promise<void> {
  const { item } = create(entity, values) as Extract<Write, { kind: 'put' }>;
  return askTable(moim, 'PutItem', {
    TableName: tableName(moim),
    Item: marshall(item, { removeUndefinedValues: true }),
  });
}

/** Items as tests read them, made once of each that did not change. */
const readable = new WeakMap<RawItem, Json>();
function read(raw: RawItem): Json {
  const known = readable.get(raw);
  if (known) return known;
  const item = unmarshall(raw as Json);
  readable.set(raw, item);
  return item;
}

/** All items of a kind, as they stand in the table, by their keys. */
export async function itemsOf(moim: Moim, type: string, where: Record<string, unknown> = {}): Promise<Json[]> {
  const found: [string, Json][] = [];
  for (const [key, raw] of await everyItem(moim, tableName(moim))) {
    if (raw.type?.S !== type) continue;
    const item = read(raw);
    if (Object.entries(where).every(([name, value]) => item[name] === value)) found.push([key, item]);
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Puts many items of a kind into the table. */
export async function putAll<E extends EntityName>(moim: Moim, entity: E, all: readonly Values<E>[]): Promise<void> {
  for (const some of piecesOf(25, all)) {
    const requests = some.map((values) => {
      const { item } = create(entity, values) as Extract<Write, { kind: 'put' }>;
      return { PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } };
    });
    await askTable(moim, 'BatchWriteItem', { RequestItems: { [tableName(moim)]: requests } });
  }
}

const keys = new WeakMap<object, Promise<SigningKey>>();

/** An access token as a sign-in gives it, without the cost of a password. */
async function tokenFor(moim: Moim, accountId: string): Promise<string> {
  const { environment } = moim.functions.find(({ id }) => id === 'sessions-http')!;
  const readKeys = signingKeysOf({
    environment: {
      ...environment,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: moim.owner.accessKeyId,
      AWS_SECRET_ACCESS_KEY: moim.owner.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: moim.awsUrl,
    },
    now: moim.clock.now,
    write: () => {},
  });
  const key = keys.get(moim) ?? readKeys.current();
  keys.set(moim, key);
  const now = moim.clock.now();
  return (await issueAccessToken(await key, { accountId, sessionId: newId(now) }, now)).token;
}

/** Somebody with an account and a token, without the cost of a code and a password: what nearly every use case needs. */
export async function someone(moim: Moim, nickname?: string): Promise<Person> {
  const now = moim.clock.now();
  const id = newId(now);
  const account = { email: `${id}@example.com`, nickname: nickname ?? id.slice(-12) };
  const rest = { locale: 'en', timeZone: 'Asia/Seoul', role: 'USER', status: 'ACTIVE', bricks: 0, createdAt: iso(now) };
  const counts = { waysIn: 1, sessionVersion: 1, version: 1 };
  await put(moim, 'Account', { accountId: id, ...account, ...rest, ...counts } as never);
  const person: Person = {
    ...actorAt(moim, () => ({ authorization: `Bearer ${person.tokens.accessToken}` })),
    id,
    ...account,
    tokens: { accessToken: await tokenFor(moim, id), refreshToken: '' },
    socket: async () => listen((await person.post('/v1/socket-tickets')).body.url),
  };
  return person;
}

/** So many people. */
export const crowd = (moim: Moim, size: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: size }, () => someone(moim)));

/** Gives people tokens that hold from now on, after the clock has moved past theirs. */
export async function renew(moim: Moim, ...people: Person[]): Promise<void> {
  for (const person of people) person.tokens = { ...person.tokens, accessToken: await tokenFor(moim, person.id) };
}

/** Moves the clock to an instant and signs people in anew. */
export async function at(moim: Moim, instant: string, ...people: Person[]): Promise<void> {
  await moim.clock.advanceTo(Date.parse(instant));
  await renew(moim, ...people);
}

export interface Team {
  readonly leader: Person;
  readonly member: Person;
  readonly groupId: string;
  readonly missionId: string;
  /** Path of the group. */
  readonly path: string;
}

let teams = 0;

/** A leader and a member in a challenge with its implied mission. */
export async function team(moim: Moim, more: object = {}): Promise<Team> {
  const nth = ++teams;
  const leader = await someone(moim, `leader${nth}`);
  const member = await someone(moim, `member${nth}`);
  return { leader, member, ...(await found(leader, more, member)) };
}

/** A challenge of a leader, joined by members. */
export async function found(leader: Actor, more: object = {}, ...members: Actor[]) {
  const { status, body } = await leader.post('/v1/groups', challenge(more));
  if (status !== 201) throw new Error(`the group was not founded: ${JSON.stringify(body)}`);
  const path = `/v1/groups/${body.id}`;
  for (const member of members) await member.post(`${path}/members`);
  const { body: missions } = await leader.get(`${path}/missions`);
  return { groupId: body.id as string, missionId: missions.items[0].id as string, path };
}

/** Commits writes straight at the engine, as DynamoDB's own form has them; false where they are refused. */
export async function committed(moim: Moim, writes: readonly Write[]): Promise<boolean> {
  const TransactItems = transactionOf(writes, tableName(moim))!.map((action) =>
    Object.fromEntries(
      Object.entries(action).map(([kind, input]) => [
        kind,
        Object.fromEntries(
          Object.entries(input as object).map(([name, value]) => [
            name,
            ['Item', 'Key', 'ExpressionAttributeValues'].includes(name) ? marshall(value) : value,
          ]),
        ),
      ]),
    ),
  );
  return askTable(moim, 'TransactWriteItems', { TransactItems }).then(
    () => true,
    (error: Error) => {
      if (!error.message.includes('ConditionalCheckFailed')) throw error;
      return false;
    },
  );
}

/** Ends a membership as a leaving or a removal does, without the news and the record of it. */
export async function setState(moim: Moim, groupId: string, accountId: string, state: 'LEFT' | 'KICKED') {
  const done = await committed(moim, [
    endedMembership({ groupId, accountId }, state, iso(moim.clock.now())),
    patch('Group', { groupId }, { add: { memberCount: -1 } }),
  ]);
  if (!done) throw new Error(`${accountId} is no member`);
}

/** As small as something can be that starts like a JPEG. */
const photo = Buffer.from('ffd8ffe000104a464946', 'hex');

/** Submits a certification with one photo. */
export async function certify(
  person: Actor,
  { groupId, missionId, path }: Pick<Team, 'groupId' | 'missionId' | 'path'>,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Reply<Json>> {
  const uploadIds = [await upload(person, groupId, photo)];
  return person.post(
    `${path}/missions/${missionId}/certifications`,
    { uploadIds, text: 'Chapter 3', ...more },
    headers,
  );
}

/** Follows a list's cursors to its end: the items of each page. */
export async function pagesOf(who: Actor, path: string, limit: number): Promise<Json[][]> {
  const pages: Json[][] = [];
  const separator = path.includes('?') ? '&' : '?';
  for (let cursor = ''; ; ) {
    const { body } = await who.get(`${path}${separator}limit=${limit}${cursor}`);
    pages.push(body.items);
    if (!body.nextCursor) return pages;
    cursor = `&cursor=${body.nextCursor}`;
  }
}
export const idsOf = (pages: readonly Json[][]): string[] => pages.flat().map(({ id }) => id);

/** Status of a good answer, code of a refusal. */
export const outcome = ({ status, body }: Reply<Json>) => (status < 300 ? status : body.code);

/** How often each outcome came. */
export const tally = (replies: readonly Reply<Json>[]) => {
  const counts: Record<string, number> = {};
  for (const reply of replies) counts[outcome(reply)] = (counts[outcome(reply)] ?? 0) + 1;
  return counts;
};

/** What goes wrong in the real table now and then. */
const undone: readonly FaultKind[] = ['timeoutBefore', 'throttle', 'error500'];
/**
 * At each request one that was carried out although nobody was told, one that was not, and somebody else's transaction.
 * In what way it was not carried out is all the same to what is read or written next: the ways take turns. FAULTS=all tries
 * each of them.
 */
const faultsAt = (nth: number): readonly FaultKind[] => [
  'timeoutAfter',
  'conflict',
  ...(process.env.FAULTS === 'all' ? undone : [undone[nth % undone.length]!]),
];

/**
 * Runs a use case once for each effect of a fault at each of its first requests to the table, all at the same time (a
 * request belongs to a run if it names the group of that run), and then, with nothing in the way, once more: what a client does
 * that got no answer. Deliveries are left alone.
 *
 * @param requests how many the use case makes
 * @param check says whether the repetition's answer and the table are those of a single undisturbed run
 */
export async function atEachRequest<Scene extends { readonly groupId: string }>(
  moim: Moim,
  requests: number,
  prepare: () => Promise<Scene>,
  act: (scene: Scene) => Promise<Reply<Json>>,
  check: (scene: Scene, again: Reply<Json>, fault: string) => Promise<void>,
): Promise<void> {
  const runs = await Promise.all(
    Array.from({ length: requests }, (_, i) => i + 1).flatMap((nth) =>
      faultsAt(nth).map(async (kind) => ({ kind, nth, hit: false, scene: await prepare() })),
    ),
  );
  await moim.settle();
  for (const run of runs) {
    let seen = 0;
    moim.table.faults.add({
      kind: run.kind,
      match(body) {
        const text = JSON.stringify(body);
        if (!text.includes(run.scene.groupId) || /"INBOX[#"]/.test(text)) return false;
        // Only writes meet somebody else's transaction.
        if (run.kind === 'conflict' && !('TransactItems' in body)) return false;
        if (++seen !== run.nth) return false;
        run.hit = true;
        return true;
      },
    });
  }
  await Promise.all(runs.map(({ scene }) => act(scene)));
  await moim.settle();
  moim.table.faults.clear();
  const again = await Promise.all(runs.map(({ scene }) => act(scene)));
  await moim.settle();
  for (const [i, { scene, kind, nth }] of runs.entries()) await check(scene, again[i]!, `${kind} at request ${nth}`);
  const missed = runs.filter(({ hit, kind }) => !hit && kind !== 'conflict').map(({ kind, nth }) => `${kind} ${nth}`);
  if (missed.length > 0) throw new Error(`there were no such requests: ${missed.join(', ')}`);
}

/** What the last answer of a route cost, from the log. */
export function costOf(moim: Moim, route: string): Json {
  for (const { line } of moim.logs.toReversed()) {
    const entry = JSON.parse(line);
    if (entry.route === route && entry.message === 'answered') {
      const { requests, roundTrips, readUnits, writeUnits } = entry;
      return { requests, roundTrips, readUnits, writeUnits };
    }
  }
  throw new Error(`nothing was logged of ${route}`);
}
