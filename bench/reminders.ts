/**
 * The reminders of 20:00: what one evening costs a person and a group, and from that how long the functions need for 10,000
 * groups with 60,000 people. The items are written straight into the table. The functions are those that would be deployed.
 */

import { buildFunctions } from '../lib/bundle.ts';
import type { RequestHandler } from '../shared/core/platform.ts';
import { iso, minuteMs } from '../shared/core/time.ts';
import { dueShards } from '../shared/data/due.ts';
import { limits } from '../shared/product/limits.ts';
import { nothingFollows } from '../test/groups/discovery/plant.ts';
import setUp from '../test/support/global-setup.ts';
import { type Moim, startMoim } from '../test/support/moim.ts';
import { itemsOf } from '../test/support/table.ts';
import { delivery } from './delivery.ts';
import { median } from './measure.ts';
import { evening, functionOn, plant, recording, replaying, type World } from './reminded.ts';
import { type Part, type Table, verdict } from './report.ts';

const wanted = { groups: 10_000, people: 60_000, minutes: 10 };
/** Milliseconds of a call of the table, as `docs/budgets.md` assumes them. */
const callMs = 5;
/** Entries that the minute's run works at once, in all shards. */
const atOnce = 10 * dueShards.length;

type Ticked = Record<'remind' | 'requests' | 'readUnits' | 'writeUnits', number>;

async function tickOn(moim: Moim, requestHandler: RequestHandler): Promise<() => Promise<Ticked>> {
  const run = await functionOn(moim, 'minute-job', 'done', requestHandler);
  return () => run({ job: 'tick', at: iso(evening) });
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
  const ticked = await (await tickOn(moim, recording(moim, answers)))();
  const outbox = await itemsOf(moim, 'Outbox');
  const tick = await tickOn(moim, replaying(answers));
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
  const ticks = await Promise.all([1, 2, 3].map(() => tickOn(moim, recording(moim, new Map()))));
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
      await delivery(step, wanted.people, wanted.minutes),
    ];
  },
};
