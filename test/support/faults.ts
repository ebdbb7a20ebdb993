/** Runs a use case whose requests to the table fail, each in every way that matters. */
import type { FaultKind } from '../../local/engines/table/faults.ts';
import type { Reply } from './actor.ts';
import type { Moim } from './moim.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
type Json = any;

/** Faults of the real table. */
const undone: readonly FaultKind[] = ['timeoutBefore', 'throttle', 'error500'];
/**
 * The faults of one request: it is carried out but the answer is lost; it is not carried out; another transaction
 * conflicts. The reason why a request was not carried out makes no difference to later reads and writes, so the reasons
 * take turns. FAULTS=all tries each of them.
 */
const faultsAt = (nth: number): readonly FaultKind[] => [
  'timeoutAfter',
  'conflict',
  ...(process.env.FAULTS === 'all' ? undone : [undone[nth % undone.length]!]),
];

/**
 * Runs a use case once for each fault at each of its first requests to the table, all runs at the same time (a request
 * belongs to a run if it names the group of that run). Each run is then repeated without faults, like a client that got
 * no answer. Deliveries of the stream have no faults.
 *
 * @param requests the number of requests that the use case makes
 * @param check checks that the answer of the repetition and the table are those of a single undisturbed run
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
        // Only writes can meet another transaction.
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
  if (missed.length > 0) throw new Error(`the use case made fewer requests than given; missing: ${missed.join(', ')}`);
}
