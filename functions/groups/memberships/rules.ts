import { limits } from '../../../shared/product/limits.ts';

/** Row 47: what one warning more makes of somebody; the third removes them. */
export function warnedOnce(before: number) {
  const warnings = before + 1;
  return { warnings, kicked: warnings >= limits.warnings.toKick };
}
