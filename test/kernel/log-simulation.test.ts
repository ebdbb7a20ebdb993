/**
 * Row 126, at size: nothing that was acknowledged is lost, nothing is doubled, no number is missing, and every client ends with
 * the log of the room. 2,000 sends in the quick circle, 20,000 in `npm run check`, a million by night (`LOG_SENDS`).
 */
import type { ChatEntryItem } from '../../functions/talking/chat/items.ts';
import { nthAfter, seqOf } from '../../functions/talking/chat/rules.ts';
import { newId } from '../../shared/core/ids.ts';
import { newMeter } from '../../shared/data/meter.ts';
import { tableOf } from '../../shared/data/table.ts';
import { type Fate, shortWire } from '../support/short-wire.ts';
import { folded, randomOf, SimulatedRoom } from '../support/simulated-room.ts';
import { now, setUp } from './support.ts';

const sends = Number(process.env.LOG_SENDS ?? process.env.CHECK_LOG_SENDS ?? 2000);
/** A room is a table of its own, which is let go with it: so the heap stays that of one room. */
const most = 50_000;
/** Clients of a room, and its part of the sends: with more clients a send costs more, as each of them reads along. */
const kinds = [
  { clients: 50, part: 0.15 },
  { clients: 2, part: 0.5 },
  { clients: 12, part: 0.35 },
];
const each = kinds.flatMap(({ clients, part }, i) => {
  const rooms = Math.ceil((sends * part) / most);
  return Array.from({ length: rooms }, (_, n) => [i + 1 + 10 * n, clients, Math.ceil((sends * part) / rooms)] as const);
});

/** What a room holds in the end. */
interface Outcome {
  readonly sum: number;
  readonly gaps: number;
  readonly doubled: number;
  readonly miscounted: number;
  readonly numbers: ReadonlyMap<string, number>;
}

async function outcomeOf(room: SimulatedRoom): Promise<Outcome> {
  const numbers = new Map<string, number>();
  let [sum, last, gaps, doubled, miscounted] = [0, 0, 0, 0, 0];
  let before: ChatEntryItem | undefined;
  for (let more = true; more; ) {
    const page = await room.read(last);
    for (const entry of page.entries) {
      const seq = seqOf(entry.messageId);
      if (seq !== last + 1) gaps++;
      if (numbers.has(entry.clientId!)) doubled++;
      if (entry.nth !== nthAfter(before, entry.kind === 'MESSAGE')) miscounted++;
      numbers.set(entry.clientId!, seq);
      sum = folded(sum, entry);
      before = entry;
      last = seq;
    }
    more = page.more;
  }
  return { sum, gaps, doubled, miscounted, numbers };
}

test.each(each)(
  'room %i: %i clients, %i sends',
  async (seed, clients, count) => {
    const random = randomOf(seed);
    const { engine } = setUp();
    // A function that has died makes no more calls.
    const dying = () => {
      let dead = false;
      return (): Fate => {
        if (dead) return 'unsent';
        const chance = random();
        dead = chance < 0.006;
        if (dead) return chance < 0.003 ? 'lost' : 'unsent';
        return chance < 0.012 ? 'repeated' : 'arrives';
      };
    };
    const open = (fate?: () => Fate) =>
      tableOf(shortWire(engine, fate), 'moim', { useCase: 'send', meter: newMeter() });
    const groupId = newId(now);
    const room = new SimulatedRoom({
      room: { groupId, roomId: groupId },
      open: () => open(dying()),
      reliable: open(),
      random,
      clients,
    });

    for (let begun = 0; begun < count; ) {
      const some = Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => room.clients[Math.floor(random() * clients)]!,
      );
      for (const isNew of await Promise.all([...new Set(some)].map((client) => client.act(random)))) if (isNew) begun++;
      room.deliver();
    }
    for (const client of room.clients) await client.finish();
    for (const client of room.clients) await client.resume();

    const { sum, gaps, doubled, miscounted, numbers } = await outcomeOf(room);
    expect({ gaps, doubled, miscounted }).toEqual({ gaps: 0, doubled: 0, miscounted: 0 });
    const told = room.clients.flatMap(({ acknowledged }) => [...acknowledged]);
    expect(told.filter(([clientId, seq]) => numbers.get(clientId) !== seq)).toEqual([]);
    expect(told).toHaveLength(numbers.size);
    expect(numbers.size).toBeGreaterThanOrEqual(count);
    expect(room.clients.filter((client) => client.sum !== sum || client.ahead.size > 0)).toEqual([]);
  },
  30 * 60_000,
);
