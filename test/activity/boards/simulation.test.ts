/**
 * Row 95, at size: boards stay exact with up to three workers at once that die, lose answers and repeat calls. 20,000 interleaved
 * calls in the quick circle, a million by night (`BOARD_STEPS`).
 */
import { SimulatedBoards } from '../../support/simulated-boards.ts';

const steps = Number(process.env.BOARD_STEPS ?? 20_000);
/** A simulation is a table of its own. */
const most = 25_000;
const seeds = Array.from({ length: Math.max(2, Math.ceil(steps / most)) }, (_, i) => i + 1);

test.each(seeds)(
  'row 95: no score, rank or histogram is wrong at any reading, and closed boards never change (seed %i)',
  async (seed) => {
    const boards = new SimulatedBoards(seed, 30);
    const part = Math.ceil(steps / seeds.length / 2);

    await boards.run(part);
    await boards.close();
    await boards.run(part);
    const written = await boards.settle();

    expect(boards.faults).toEqual({ scores: 0, ranks: 0, histograms: 0, orders: 0, backwards: 0, thawed: 0 });
    expect(written).toBe(0);
    // The simulation would show nothing if workers neither overlapped nor died.
    const { deaths, overlaps, writes, readings } = boards.happened;
    expect(Math.min(deaths, overlaps, writes, readings)).toBeGreaterThan(part / 200);
  },
  30 * 60_000,
);
