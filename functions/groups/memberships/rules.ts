import { limits } from '../../../shared/product/limits.ts';

/** Row 47: the count after one more warning. The third warning removes the member. */
export function warnedOnce(before: number) {
  const warnings = before + 1;
  return { warnings, kicked: warnings >= limits.warnings.toKick };
}
