/** What follows the reminders by the stream: an outbox item for each person becomes an entry in their inbox. */
import type { DynamoDBRecord } from 'aws-lambda';
import { piecesOf } from '../shared/core/parallel.ts';
import { iso, minuteMs } from '../shared/core/time.ts';
import { type MoimOptions, startMoim } from '../test/support/moim.ts';
import { itemsOf, tableName } from '../test/support/table.ts';
import { evening, functionOn, plant, recording, replaying } from './reminded.ts';
import { type Table, verdict } from './report.ts';

/** As `lib/streams.ts` and `lib/stages.ts` have them: records of a batch, batches of a shard side by side, memory. */
const stream = { batch: 25, sideBySide: 10, memory: 512 };
/** Megabytes that are one processor. */
const processorMb = 1769;
const callMs = 5;
const people = 1200;

/** Without any source of the stream: this page is what reads it. */
const nobodyReads: NonNullable<MoimOptions['edit']> = ({ Resources }) => {
  for (const [name, { Type }] of Object.entries(Resources))
    if (Type === 'AWS::Lambda::EventSourceMapping') delete Resources[name];
};

export async function delivery(step: (text: string) => void, all: number, within: number): Promise<Table> {
  step(`${people} notices by the stream`);
  const moim = await startMoim({ edit: nobodyReads });
  await plant(moim, { people, groupsOfEach: 1 });
  await (await functionOn(moim, 'minute-job', 'done', recording(moim, new Map())))({ job: 'tick', at: iso(evening) });
  const isOutbox = ({ dynamodb }: DynamoDBRecord) => dynamodb?.NewImage?.type?.S === 'Outbox';
  const records = moim.table.readStream(tableName(moim), undefined, 1_000_000).filter(isOutbox);
  const batches = piecesOf(stream.batch, records).map((Records) => ({ Records }));
  const answers = new Map<string, Buffer>();
  const live = await functionOn(moim, 'live-stream', 'consumed', recording(moim, answers));
  const sums = { requests: 0, readUnits: 0, writeUnits: 0, roundTrips: 0, parked: 0 };
  for (const batch of batches) {
    const told = await live(batch);
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += told[name] ?? 0;
  }
  const inbox = async () => (await itemsOf(moim, 'Notification')).map(({ accountId }) => accountId as string);
  const once = await inbox();
  const quick = await functionOn(moim, 'live-stream', 'consumed', replaying(answers));
  for (const batch of batches.slice(0, 10)) await quick(batch);
  const before = process.cpuUsage();
  for (const batch of batches) await quick(batch);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000 / people;
  // All of it once more, in another order.
  for (const batch of batches.toReversed()) await live(batch);
  const twice = (await inbox()).length - new Set(once).size;
  await moim.close();

  const tripsOfBatch = sums.roundTrips / batches.length;
  const batchMs = tripsOfBatch * callMs + (stream.batch * cpuMs * processorMb) / stream.memory;
  const ms = ((all / stream.batch) * batchMs) / stream.sideBySide;
  const a = (sum: number) => (sum / people).toFixed(2);
  const enough = ms <= within * minuteMs;
  const isOnce = new Set(once).size === people && once.length === people && twice === 0 && sums.parked === 0;
  return {
    title: 'The same evening, delivered by the stream',
    compares:
      'What follows a reminder: requests, units and milliseconds of CPU a notice, of the deployed function of the live lane, in batches as the stream makes them. Nobody has a page open or a device. CPU is measured as above.',
    columns: ['notices', 'requests', 'read units', 'write units', 'CPU (ms)', 'in an inbox', 'twice'],
    rows: [
      [
        people.toLocaleString('en'),
        a(sums.requests),
        a(sums.readUnits),
        a(sums.writeUnits),
        cpuMs.toFixed(2),
        String(new Set(once).size),
        String(twice),
      ],
    ],
    target: `all ${all.toLocaleString('en')} within ${within} minutes, none twice`,
    verdict: verdict(enough && isOnce, enough ? 'a notice is missing, or came twice' : 'it takes longer'),
    notes: [
      `A batch of ${stream.batch} takes ${batchMs.toFixed(0)} ms: ${tripsOfBatch.toFixed(1)} round trips of ${callMs} ms, and its CPU at ${stream.memory} MB. One shard works ${stream.sideBySide} batches side by side, so ${all.toLocaleString('en')} notices take ${(ms / minuteMs).toFixed(1)} min. A table that takes this many writes has several shards.`,
      'Then every record was delivered once more, in the opposite order: no inbox has anything twice.',
    ],
  };
}
