import type { Feature, Rights } from './contract.ts';

/** All of several rights. */
function united(all: readonly Rights[]): Rights {
  const names = [...new Set(all.flatMap((rights) => Object.keys(rights)))] as (keyof Rights)[];
  return Object.fromEntries(
    names.map((name) => {
      const given = all.flatMap((rights): readonly unknown[] => [rights[name] ?? []].flat());
      return [name, given.includes(true) ? true : [...new Set(given)]];
    }),
  );
}

/**
 * The features as they are deployed: the one that works what is due has the rights of all kinds.
 *
 * @throws Error where two features name one kind
 */
export function composed<F extends Feature>(features: readonly F[]): F[] {
  const kinds = features.flatMap(({ due }) => Object.entries(due));
  const twice = kinds.find(([name], i) => kinds.findIndex(([other]) => other === name) !== i);
  if (twice) throw new Error(`two features have a kind "${twice[0]}" of what is due`);
  return features.map((each) => {
    if (!each.answersFor.includes('due')) return each;
    const job = united([each.rights.job ?? {}, ...kinds.map(([, { rights }]) => rights)]);
    return { ...each, rights: { ...each.rights, job } };
  });
}
