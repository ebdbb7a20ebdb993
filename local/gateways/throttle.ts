import type { Clock } from '../../shared/core/clock.ts';

interface RouteSettings {
  readonly ThrottlingRateLimit?: number;
  readonly ThrottlingBurstLimit?: number;
}
interface StageSettings {
  readonly DefaultRouteSettings?: RouteSettings;
  readonly RouteSettings?: Readonly<Record<string, RouteSettings>>;
}

/**
 * API Gateway's token bucket on the local clock: a route has its own where the stage names it, the others share the
 * default's. False means 429.
 */
export function createThrottle({ DefaultRouteSettings = {}, RouteSettings = {} }: StageSettings, clock: Clock) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (routeKey: string): boolean => {
    const own = RouteSettings[routeKey];
    const { ThrottlingRateLimit: rate = 10_000, ThrottlingBurstLimit: burst = 5_000 } = {
      ...DefaultRouteSettings,
      ...own,
    };
    const name = own ? routeKey : '';
    const now = clock.now();
    const bucket = buckets.get(name) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    buckets.set(name, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  };
}
