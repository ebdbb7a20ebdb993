/** Boards: a minute with 500 changes in a board of ten thousand and of a million, beside PostgreSQL, which ranks all anew. */
import { largeBoard } from '../test/support/large-board.ts';
import { median, times } from './measure.ts';
import { startPostgres } from './postgres.ts';
import { type Part, type Table, verdict } from './report.ts';

const changes = 500;
const sizes = [10_000, 1_000_000] as const;
const rounds = 3;
const wanted = { units: 1.1, cpu: 2.5, postgres: 50 };

/** What a recompute begins with: three days of climbing a member and week, with three levels each. */
const plant = (members: number) => `
  create unlogged table record (id int primary key, member int, at bigint);
  insert into record select g, g / 3, g from generate_series(0, ${3 * members - 1}) g;
  create unlogged table problem (record int, level int, own int, count int);
  insert into problem select g / 3, 1 + g % 10, 1 + (g / 7) % 10, 1 + g % 5 from generate_series(0, ${9 * members - 1}) g;
  create unlogged table ranking (member int primary key, points numeric, rank int, at bigint);
  create index on ranking (rank);
  analyze;`;

const recompute = `
  begin;
  delete from ranking;
  insert into ranking
  select member, points, rank() over (order by points desc), at
  from (
    select member, max(at) as at,
      sum(count * case when level < own then 0.5 when level = own then 1 else 2 end) as points
    from record join problem on record = id group by member
  ) sums;
  commit;`;

interface Measured {
  readonly units: number;
  readonly requests: number;
  readonly cpuMs: number;
}

async function followed(members: number): Promise<Measured> {
  const all: Measured[] = [];
  for (let n = 0; n < rounds; n++) all.push(await (await largeBoard(members, changes)).run());
  return { ...all[0]!, cpuMs: median(all.map(({ cpuMs }) => cpuMs)) };
}

const ms = (value: number) => value.toFixed(0);

export const boards: Part = {
  name: 'boards',
  title: 'Boards: a minute of changes, whatever the size',
  async run(step): Promise<readonly Table[]> {
    step('warming up');
    await (await largeBoard(1000, changes)).run();
    const found: Measured[] = [];
    for (const members of sizes) {
      step(`${changes} changes among ${members.toLocaleString('en')}`);
      found.push(await followed(members));
    }
    const [few, many] = found as [Measured, Measured];
    const ratio = { units: many.units / few.units, cpu: many.cpuMs / few.cpuMs };
    const own: Table = {
      title: 'Does a minute grow with its changes or with the members?',
      compares: `Table units, requests and processor time (with the engine of the table) of one minute in which ${changes} members of a board got more points. Medians of ${rounds} boards.`,
      columns: ['members', 'units', 'requests', 'CPU, ms'],
      rows: found.map(({ units, requests, cpuMs }, i) => [
        sizes[i]!.toLocaleString('en'),
        ...[ms(units), String(requests), ms(cpuMs)],
      ]),
      target: `units within ${wanted.units}, CPU within ${wanted.cpu} times`,
      verdict: verdict(
        ratio.units <= wanted.units && ratio.cpu <= wanted.cpu,
        `${times(ratio.units)} and ${times(ratio.cpu)}`,
      ),
      notes: [`The ratios: units ${times(ratio.units)}, CPU ${times(ratio.cpu)}.`],
    };
    const postgres = await startPostgres();
    if (!postgres) {
      step('PostgreSQL is not installed: nothing to compare with');
      return [own];
    }
    const [, members] = sizes;
    step(`PostgreSQL ${postgres.version}: ${members.toLocaleString('en')} members`);
    await postgres.run(plant(members));
    const runs: number[] = [];
    for (let n = 0; n < 3; n++) runs.push(await postgres.run(recompute));
    const recomputed = median(runs);
    await postgres.close();
    const gain = recomputed / many.cpuMs;
    const beside: Table = {
      title: 'What does it cost to rank a million members each minute?',
      compares: `Processor time for the same minute: moim follows the ${changes} changes; PostgreSQL ${postgres.version} sums up the records of a week and ranks all, with three records of three levels a member. One run, on the same machine.`,
      columns: ['way', 'CPU, ms', 'ratio'],
      rows: [
        ['moim, with the engine of its table', ms(many.cpuMs), times(1)],
        ['PostgreSQL, all anew', ms(recomputed), times(gain)],
      ],
      target: `at least ${wanted.postgres} times less`,
      verdict: verdict(gain >= wanted.postgres, times(gain)),
    };
    return [own, beside];
  },
};
