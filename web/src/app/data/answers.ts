/** Types of answers straight from the contracts: nothing is copied, and a screen does not compile with a field that is gone. */
import type { Api } from '../../../../client/api.ts';

/** @example type Certification = Answer<'certifications', 'getCertification'> */
export type Answer<F extends keyof Api, R extends keyof Api[F]> = Api[F][R] extends (
  ...given: never
) => Promise<infer Result>
  ? Result
  : never;

/** One item of a list. */
export type ItemOf<List extends { readonly items: readonly unknown[] }> = List['items'][number];
