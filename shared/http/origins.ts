/** The sites of a deployment: the origins whose pages may call it. */
import { required } from '../adapters/aws.ts';
import type { Environment } from '../core/platform.ts';

/** The origins of the deployment's pages, its own site first. @example ['https://moim.example'] */
export const originsOf = (environment: Environment): string[] => required(environment, 'ALLOWED_ORIGINS').split(',');

/**
 * The site that an answer leads to: the one on which the person is. Apps, which have no page, and pages elsewhere get the
 * deployment's first site.
 *
 * @param origin of the request, as its header says; undefined for apps
 * @example siteOf(environment, 'http://localhost:3000') // 'http://localhost:3000'
 */
export function siteOf(environment: Environment, origin: string | undefined): string {
  const origins = originsOf(environment);
  return origin !== undefined && origins.includes(origin) ? origin : origins[0]!;
}
