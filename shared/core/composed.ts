import type { Feature } from './contract.ts';
import { unionOf } from './rights.ts';

/**
 * The features as they are deployed: the feature that runs the due work has the rights of all kinds.
 *
 * @throws Error if two features name the same kind
 */
export function composed<F extends Feature>(features: readonly F[]): F[] {
  const kinds = features.flatMap(({ due }) => Object.entries(due));
  const twice = kinds.find(([name], i) => kinds.findIndex(([other]) => other === name) !== i);
  if (twice) throw new Error(`two features have a kind "${twice[0]}" of what is due`);
  return features.map((each) => {
    if (!each.answersFor.includes('due')) return each;
    const job = unionOf([each.rights.job ?? {}, ...kinds.map(([, { rights }]) => rights)]);
    return { ...each, rights: { ...each.rights, job } };
  });
}
