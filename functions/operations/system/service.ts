import { iso } from '../../../shared/core/time.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Deps } from '../../../shared/kernel.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

export async function health(
  { now }: RouteRequest<Routes['health']>,
  { environment }: Deps<Record<never, never>>,
): Promise<Answer<Routes['health']>> {
  return { body: { status: 'ok', time: iso(now), stage: environment.STAGE ?? '' } };
}
