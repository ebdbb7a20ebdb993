/** Holds every transaction of every file that runs moim to the number of actions that moim plans with. */
import type { Cloud } from '../../local/cloud.ts';
import { plannedActions } from '../../shared/data/transaction.ts';
import { limits } from '../../shared/product/limits.ts';

type Attributes = Readonly<Record<string, { readonly S?: string } | undefined>>;

/** `Put Listing`, `Update GROUP`: an item by its kind, a key by its beginning. */
function kindOf(action: object): string {
  const [kind, { Item, Key }] = Object.entries(action)[0] as [string, { Item?: Attributes; Key?: Attributes }];
  return `${kind} ${Item?.type?.S ?? Key?.sk?.S?.split('#')[0] ?? '?'}`;
}

/**
 * The work that a use case commits at once must not grow towards DynamoDB's limit unseen: what exceeds it works for all
 * but the largest group.
 *
 * @throws Error that counts the actions of the largest transaction by kind
 */
export function checkTransactions({ table }: Pick<Cloud, 'table'>, most = plannedActions): void {
  const actions = table.largestTransaction();
  // A board moves many scores at once, and never more than its limit, whatever the size of the group.
  const ofBoard = actions.some((action) => /^(Put Board|Update BOARD)$/.test(kindOf(action)));
  if (actions.length <= (ofBoard ? 1 + limits.board.moves : most)) return;
  const kinds = Object.groupBy(actions, kindOf);
  const counts = Object.entries(kinds).map(([kind, all]) => `${all!.length} ${kind}`);
  throw new Error(`a transaction had ${actions.length} actions, and ${most} are the most: ${counts.join(', ')}`);
}
