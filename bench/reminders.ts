/**
 * The reminders of 20:00: what one evening costs a person and a group, and from that how long the function needs for 10,000
 * groups with 60,000 people. The items are written straight into the table. The function is the one that would be deployed.
 */

import { packed } from '../functions/activity/today/rules.ts';
import { buildFunctions } from '../lib/bundle.ts';
import { bundleOf } from '../local/runtime/bundles.ts';
import { newId } from '../shared/core/ids.ts';
import type { RequestHandler } from '../shared/core/platform.ts';
import { iso, minuteMs } from '../shared/core/time.ts';
import { dueShards } from '../shared/data/due.ts';
import { limits } from '../shared/product/limits.ts';
import { nothingFollows } from '../test/groups/discovery/plant.ts';
import setUp from '../test/support/global-setup.ts';
import { type Moim, monday, startMoim } from '../test/support/moim.ts';
import { itemsOf, putAll } from '../test/support/table.ts';
import { median } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';
import { environment } from './stub-client.ts';

/** 20:00 in Seoul. */
const evening = Date.parse('2026-03-02T11:00:00Z');
const wanted = { groups: 10_000, people: 60_000, minutes: 10 };
/** Milliseconds of a call of the table, as `docs/budgets.md` assumes them. */
const callMs = 5;
/** Entries that the minute's run works at once, in all shards. */
const atOnce = 10 * dueShards.length;

interface World {
  readonly people: number;
  readonly groupsOfEach: number;
}

/** People, each in so many groups of six, and each with an entry that is due this evening. */
async function plant(moim: Moim, { people, groupsOfEach }: World): Promise<void> {
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
function recording(moim: Moim, answers: Map<string, Buffer>): RequestHandler {
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
const replaying = (answers: ReadonlyMap<string, Buffer>): RequestHandler => ({
  async handle(request: never) {
    const asked = request as Asked;
    const body = done[operationOf(asked)] ?? answers.get(textOf(asked));
    if (!body) throw new Error(`nothing was recorded for ${textOf(asked).slice(0, 200)}`);
    return responseOf(200, body);
  },
});

type Ticked = Record<'remind' | 'requests' | 'readUnits' | 'writeUnits', number>;

/** The function, as it would be deployed, with a network of one's own. */
async function functionOn(moim: Moim, requestHandler: RequestHandler) {
  const { environment: own } = moim.functions.find(({ id }) => id === 'minute-job')!;
  let last: Ticked | undefined;
  const platform = {
    environment: { ...environment, ...own, SERVICE: 'minute-job' },
    now: () => evening,
    write(line: string) {
      const told = JSON.parse(line);
      if (told.message === 'done') last = told;
      else if (told.level === 'ERROR') throw new Error(line.slice(0, 500));
    },
    requestHandler,
  };
  const handler = (await bundleOf('minute-job', '.build/functions/minute-job')).on(platform as never);
  return async (): Promise<Ticked> => {
    await handler({ job: 'tick', at: iso(evening) }, {} as never);
    return last!;
  };
}

interface Measured extends World {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly cpuMs: number;
  readonly told: number;
  readonly twice: number;
}

async function measured(world: World): Promise<Measured> {
  const moim = await startMoim({ edit: nothingFollows });
  await plant(moim, world);
  const answers = new Map<string, Buffer>();
  const ticked = await (await functionOn(moim, recording(moim, answers)))();
  const outbox = await itemsOf(moim, 'Outbox');
  const tick = await functionOn(moim, replaying(answers));
  for (let n = 0; n < 3; n++) await tick();
  const rounds: number[] = [];
  for (let n = 0; n < 7; n++) {
    const before = process.cpuUsage();
    await tick();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1000);
  }
  await moim.close();
  const to = outbox.map((item) => item.to[0]);
  return {
    ...world,
    requests: ticked.requests / world.people,
    readUnits: ticked.readUnits / world.people,
    writeUnits: ticked.writeUnits / world.people,
    cpuMs: median(rounds) / world.people,
    told: new Set(to).size,
    twice: to.length - new Set(to).size,
  };
}

/** Three runs of one minute beside each other on one table: how many people were told, and how often twice. */
async function overlapping(people: number): Promise<{ readonly told: number; readonly twice: number }> {
  const moim = await startMoim({ edit: nothingFollows });
  await plant(moim, { people, groupsOfEach: 1 });
  const ticks = await Promise.all([1, 2, 3].map(() => functionOn(moim, recording(moim, new Map()))));
  // Without the lease, which only saves work.
  moim.table.faults.add({
    kind: 'between',
    match: (body) => JSON.stringify(body).includes('LEASE#'),
    times: Number.POSITIVE_INFINITY,
    run: () => new Promise((resolve) => setTimeout(resolve, 2)),
  });
  await Promise.allSettled(ticks.map((tick) => tick()));
  await ticks[0]!();
  const to = (await itemsOf(moim, 'Outbox')).map((item) => item.to[0]);
  await moim.close();
  return { told: new Set(to).size, twice: to.length - new Set(to).size };
}

const minutes = (milliseconds: number) => `${(milliseconds / minuteMs).toFixed(1)} min`;

export const reminders: Part = {
  name: 'reminders',
  title: 'Reminders of 20:00',
  async run(step): Promise<Table[]> {
    await setUp();
    await buildFunctions();
    const worlds: World[] = [
      { people: 300, groupsOfEach: 1 },
      { people: 1200, groupsOfEach: 1 },
      { people: 300, groupsOfEach: 6 },
    ];
    const found: Measured[] = [];
    for (const world of worlds) {
      step(`${world.people} people in ${world.groupsOfEach} groups each`);
      found.push(await measured(world));
    }
    step('three runs beside each other');
    const beside = await overlapping(300);
    const [, one, six] = found as [Measured, Measured, Measured];
    const cpu = wanted.people * one.cpuMs;
    const waiting = (wanted.people * one.requests * callMs) / atOnce;
    const enough = Math.max(cpu, waiting) <= wanted.minutes * minuteMs;
    const once = found.every(({ told, twice, people }) => told === people && twice === 0) && beside.twice === 0;
    const aGroup = (six.cpuMs - one.cpuMs) / 5;
    return [
      {
        title: 'An evening of 10,000 groups with 60,000 people',
        compares:
          'One run of the minute, in which everybody has something open: requests, units and milliseconds of CPU a person, each with one entry among what is due. CPU is that of the deployed function, all threads together, with a network that answers at once what the table had answered.',
        columns: ['people', 'groups of each', 'requests', 'read units', 'write units', 'CPU (ms)', 'told', 'twice'],
        rows: found.map((each) => [
          each.people.toLocaleString('en'),
          String(each.groupsOfEach),
          each.requests.toFixed(2),
          each.readUnits.toFixed(2),
          each.writeUnits.toFixed(2),
          each.cpuMs.toFixed(2),
          String(each.told),
          String(each.twice),
        ]),
        target: 'all 60,000 within 10 minutes, none twice',
        verdict: verdict(enough && once, enough ? 'somebody was told twice, or not at all' : 'it takes longer'),
        notes: [
          `60,000 people need ${minutes(cpu)} of one processor at this machine's speed, which is what the function's 1,769 MB are given, and ${minutes(waiting)} of waiting: ${atOnce} at once, ${callMs} ms a call. The longer of the two counts.`,
          `A further group of a person costs ${aGroup.toFixed(2)} ms, ${((six.readUnits - one.readUnits) / 5).toFixed(1)} read and ${((six.writeUnits - one.writeUnits) / 5).toFixed(1)} write units, and no request.`,
          `Three runs beside each other, whose leases do not hold: ${beside.told} of 300 people were told, ${beside.twice} of them twice.`,
          `A run has a shard to itself for ${limits.due.leaseMinutes} minutes. After that another run works on the rest beside it, with a processor of its own.`,
        ],
      },
    ];
  },
};
