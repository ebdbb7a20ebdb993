/** A use case whose requests to the table fail, each in every way that matters. */
import type { FaultKind } from '../../local/engines/table/faults.ts';
import type { Reply } from './actor.ts';
import type { Moim } from './moim.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
type Json = any;

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
