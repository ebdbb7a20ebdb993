import { type CheerKind, cheerKinds } from './values.ts';

type Kinds = { readonly [Name in `kind ${CheerKind}`]?: 1 };
type Counts = { readonly [Name in CheerKind]?: number };

/** The kinds of one person, in their order. */
export const kindsOf = (cheer: Kinds | undefined): CheerKind[] =>
  cheerKinds.filter((kind) => cheer?.[`kind ${kind}`] !== undefined);

/** All counts, also of kinds that nobody cheers with. */
export const countsOf = (counts: Counts | undefined): Record<CheerKind, number> => {
  const of = (kind: CheerKind) => counts?.[kind] ?? 0;
  return {
    HEART: of('HEART'),
    CLAP: of('CLAP'),
    FIRE: of('FIRE'),
    SMILE: of('SMILE'),
    CRY: of('CRY'),
    STAR: of('STAR'),
  };
};

export const areSame = (one: Counts | undefined, other: Counts | undefined) =>
  cheerKinds.every((kind) => (one?.[kind] ?? 0) === (other?.[kind] ?? 0));

/** The cheers as somebody sees them. */
export function cheersFor(counts: Counts | undefined, own: Kinds | undefined) {
  const all = countsOf(counts);
  const mine = kindsOf(own);
  return cheerKinds
    .filter((kind) => all[kind] > 0)
    .map((kind) => ({ kind, count: all[kind], mine: mine.includes(kind) }));
}
