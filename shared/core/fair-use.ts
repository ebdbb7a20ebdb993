import type { FromPlace, LimitName } from '../product/fair-use-limits.ts';

/**
 * The limit of what one place may ask for without an account. By its name alone, each request counts before anything else
 * is done (`shared/http/fair-use.ts`). `byService`: the service counts, because it lets people through whom it knows.
 */
export type FairUse = FromPlace | { readonly byService: LimitName };

/** A POST that anybody may send names what one place may use up: without a limit, it does not compile. */
export type Limited<Verb extends string, Who extends string> = [Verb, Who] extends ['POST', 'none']
  ? { readonly fromPlace: FairUse }
  : { readonly fromPlace?: Who extends 'none' ? FairUse : never };
