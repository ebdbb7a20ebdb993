/** An evening with many people who are reminded: what is in the table, and a function with a network of one's own. */
import { packed } from '../functions/activity/today/rules.ts';
import { bundleOf } from '../local/runtime/bundles.ts';
import { newId } from '../shared/core/ids.ts';
import type { RequestHandler } from '../shared/core/platform.ts';
import { iso } from '../shared/core/time.ts';
import { dueShards } from '../shared/data/due.ts';
import { type Moim, monday } from '../test/support/moim.ts';
import { putAll } from '../test/support/table.ts';
import { environment } from './stub-client.ts';

/** 20:00 in Seoul. */
export const evening = Date.parse('2026-03-02T11:00:00Z');
export interface World {
  readonly people: number;
  readonly groupsOfEach: number;
}

/** People, each in so many groups of six, and each with an entry that is due this evening. */
export async function plant(moim: Moim, { people, groupsOfEach }: World): Promise<void> {
  const ids = Array.from({ length: people }, (_, n) => newId(monday - n));
  const at = iso(monday);
  const days = { startDate: '2026-03-01', endDate: '2026-12-31', timeZone: 'Asia/Seoul' };
  const common = { title: 'Algorithms every day', status: 'IN_PROGRESS', version: 1 } as const;
  const summary = { ...days, ...common, kind: 'CHALLENGE', category: 'IT', approvalStatus: 'APPROVED' } as const;
  const groups = Array.from({ length: (people / 6) * groupsOfEach }, (_, n) => newId(monday - people - n));
  const missions = groups.map((groupId, n) => ({
    ...{ groupId, missionId: newId(monday + n), title: 'Algorithms every day', content: '', rule: '', kind: 'REPEAT' },
    ...{ way: 'PHOTO', approval: 'LEADER', timesPerWeek: 7, weekdays: [1, 2, 3, 4, 5, 6, 7], perDayLimit: 1 },
    ...{ status: 'ONGOING', liveIn: groupId, makerId: ids[0]!, version: 1, createdAt: at },
  }));
  await putAll(moim, 'Mission', missions as never);
  await putAll(
    moim,
    'Agenda',
    missions.map((mission) => ({
      groupId: mission.groupId,
      [`mission ${mission.missionId}`]: packed(mission as never)!,
    })) as never,
  );
  await putAll(
    moim,
    'Account',
    ids.map((accountId) => ({
      ...{ accountId, email: `${accountId}@example.com`, nickname: accountId.slice(-12), locale: 'ko', role: 'USER' },
      ...{ timeZone: 'Asia/Seoul', status: 'ACTIVE', bricks: 0, version: 1, createdAt: at },
    })) as never,
  );
  const memberships = ids.flatMap((accountId, n) =>
    Array.from({ length: groupsOfEach }, (_, nth) => {
      const groupId = groups[Math.floor(n / 6) * groupsOfEach + nth]!;
      const joinedAt = iso(monday - nth * 1000);
      return { groupId, accountId, role: 'MEMBER', state: 'ACTIVE', joinedAt, presentIn: groupId, group: summary };
    }),
  );
  await putAll(moim, 'Membership', memberships as never);
  const dueAt = iso(evening);
  await putAll(
    moim,
    'Reminding',
    ids.map((accountId) => ({ accountId, dueAt, covered: at, version: 1 })),
  );
  await putAll(
    moim,
    'Due',
    ids.map((subject) => ({
      shard: dueShards[Number.parseInt(subject.slice(-1), 16) % dueShards.length]!,
      ...{ at: dueAt, kind: 'remind', subject, token: 'first' },
    })),
  );
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
const textOf = ({ body }: Asked) => Buffer.from(body).toString();
const operationOf = ({ headers }: Asked) => headers['x-amz-target']?.split('.').at(-1) ?? '';
const reads = ['Query', 'BatchGetItem', 'GetItem'];
const units = { CapacityUnits: 1 };
const done: Readonly<Record<string, Buffer>> = {
  TransactWriteItems: Buffer.from(JSON.stringify({ ConsumedCapacity: [units] })),
  ...Object.fromEntries(
    ['UpdateItem', 'PutItem', 'DeleteItem'].map((name) => [
      name,
      Buffer.from(JSON.stringify({ ConsumedCapacity: units })),
    ]),
  ),
};

const responseOf = (statusCode: number, body: Buffer) => ({
  response: { statusCode, headers: { 'content-type': 'application/x-amz-json-1.0' }, body },
});

/** Asks the engine, and remembers what it answered to each read. */
export function recording(moim: Moim, answers: Map<string, Buffer>): RequestHandler {
  return {
    async handle(request: never) {
      const { headers, body } = request as Asked;
      const asked = { method: 'POST', path: '/', headers: { ...headers }, body: Buffer.from(body) };
      const answer = await moim.table.handle(asked as never, moim.owner.caller as never);
      const bytes = Buffer.from(answer.body as Uint8Array);
      if (reads.includes(operationOf(request))) answers.set(textOf(request), bytes);
      return responseOf(answer.status, bytes);
    },
  };
}

/** Answers reads as the engine did, and lets each write succeed: what is left is the work of the function. */
export const replaying = (answers: ReadonlyMap<string, Buffer>): RequestHandler => ({
  async handle(request: never) {
    const asked = request as Asked;
    const body = done[operationOf(asked)] ?? answers.get(textOf(asked));
    if (!body) throw new Error(`nothing was recorded for ${textOf(asked).slice(0, 200)}`);
    return responseOf(200, body);
  },
});

/** A line of a function's log. */
// biome-ignore lint/suspicious/noExplicitAny: each function tells other counts
type Told = any;

/**
 * A function as it would be deployed, with a network of one's own. Gives back what it tells when it is done.
 *
 * @param ends the message of the line that it ends with
 */
export async function functionOn(moim: Moim, id: string, ends: string, requestHandler: RequestHandler) {
  const { environment: own } = moim.functions.find((each) => each.id === id)!;
  let last: Told;
  const platform = {
    environment: { ...environment, ...own, SERVICE: id },
    now: () => evening,
    write(line: string) {
      const told = JSON.parse(line);
      if (told.message === ends) last = told;
      else if (told.level === 'ERROR') throw new Error(line.slice(0, 500));
    },
    requestHandler,
  };
  const handler = (await bundleOf(id, `.build/functions/${id}`)).on(platform as never);
  return async (event: object): Promise<Told> => {
    await handler(event as never, {} as never);
    return last;
  };
}
