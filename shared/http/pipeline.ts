import middy from '@middy/core';
import { type Feature, hasBody, type Route, routeKey } from '../core/contract.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import { fingerprint } from '../core/ids.ts';
import type { Platform } from '../core/platform.ts';
import type { Meter } from '../data/meter.ts';
import type { Rider } from '../data/table.ts';
import { type Adapters, type Deps, type Kernel, kernelOf } from '../kernel.ts';
import type { Locale } from '../messages/catalog.ts';
import { catalogOf, localeOf } from '../messages/text.ts';
import { metrics } from '../observe/metrics.ts';
import { Problem } from '../product/problems.ts';
import type { Answer, Exchange, HttpEvent, HttpResult, Principal, RouteRequest } from './exchange.ts';
import { type Idempotency, idempotencyOf, Repetition } from './idempotency.ts';
import { bodyOf, checked, cookiesOf, ifMatchOf, paramsOf, placeOf } from './parse.ts';
import { answerOf, problemAnswer, problemOf } from './respond.ts';

type Routes = Readonly<Record<string, Route>>;

/** A function for each route of a contract, under the route's name. */
export type HttpServices<R extends Routes, A extends Adapters> = {
  readonly [Name in keyof R]: (request: RouteRequest<R[Name]>, deps: Deps<A>) => Promise<Answer<R[Name]>>;
};

/**
 * The HTTP function of a feature: API Gateway has matched the route, a table finds its service, and what every route
 * has in common happens here once, in this order: log and meter, problems, identity, parsing, safe retries.
 *
 * @example export const http = httpFunction(contract, service, { bucket: bucketOf })
 */
export function httpFunction<R extends Routes, const A extends Adapters = Record<never, never>>(
  contract: Pick<Feature, 'name'> & { readonly routes: R },
  services: HttpServices<R, A>,
  adapters: A = {} as A,
): Deployable<HttpEvent, HttpResult> {
  const routes = new Map(Object.entries(contract.routes).map(([name, route]) => [routeKey(route), { name, route }]));

  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adapters);

    return middy<HttpEvent, HttpResult>()
      .use(observe(platform, log))
      .use(answerProblems(log))
      .use(understand(routes, open))
      .handler(async (event: HttpEvent) => {
        const exchange = exchangeOf(event);
        const { route, request, deps } = exchange;
        if (!route || !request || !deps) throw new Problem('NOT_FOUND');
        const service = services[exchange.name] as (request: RouteRequest, deps: Kernel) => Promise<Answer>;
        return answerOf(route, await service(request, deps), exchange.requestId);
      }) as (event: HttpEvent, context: unknown) => Promise<HttpResult>;
  });
}

// An invocation's exchange hangs on its event: middy hands the same event to every middleware and the handler.
const exchanges = new WeakMap<HttpEvent, Exchange & { idempotency?: Idempotency }>();
const exchangeOf = (event: HttpEvent) => exchanges.get(event)!;

/** First and last: opens the exchange, and logs one line with what the request cost. */
function observe(platform: Platform, log: Kernel['log']) {
  const finish = ({ event, response }: { event: HttpEvent; response?: HttpResult | null | undefined }) => {
    const { name, now, requestId, meter, code } = exchangeOf(event);
    const status = response?.statusCode ?? 500;
    const account = event.requestContext.authorizer?.lambda?.accountId;
    const failed = metrics(now, { ServerErrors: status >= 500 ? 1 : 0 }, { route: name });
    log.info(
      { requestId, route: name, status, problem: code, account, ms: platform.now() - now, ...meter, ...failed },
      'answered',
    );
  };
  return {
    before: ({ event }: { event: HttpEvent }) => {
      const locale = localeOf(event.headers['accept-language']) ?? 'ko';
      exchanges.set(event, {
        now: platform.now(),
        requestId: event.requestContext.requestId,
        locale,
        route: undefined,
        name: event.routeKey,
        request: undefined,
        deps: undefined,
        meter: undefined,
        code: undefined,
      });
    },
    after: finish,
    onError: finish,
  };
}

/** Turns whatever was thrown into a problem answer, or into the first answer of a repetition. */
function answerProblems(log: Kernel['log']) {
  return {
    onError: async (request: {
      event: HttpEvent;
      error: Error | null | undefined;
      response?: HttpResult | null | undefined;
    }) => {
      const exchange = exchangeOf(request.event);
      const { route, requestId, locale, deps, idempotency } = exchange;
      let error: unknown = request.error;
      if (error instanceof Problem && idempotency && deps)
        await idempotency.recall(deps.table).catch((found: unknown) => {
          error = found;
        });
      if (error instanceof Repetition && route) {
        request.response = answerOf(route, error.stored.answer, requestId, error.stored.status);
        request.response.headers = { ...request.response.headers, 'idempotency-replayed': 'true' };
        return;
      }
      const problem = problemOf(error, log, requestId);
      exchange.code = problem.code;
      request.response = problemAnswer(problem, locale, requestId);
    },
  };
}

/** Who asks for what: route, identity, validated input, and the table with the answer's rider. */
function understand(
  routes: ReadonlyMap<string, { name: string; route: Route }>,
  open: (rider?: Rider) => { deps: Kernel; meter: Meter },
) {
  return {
    before: ({ event }: { event: HttpEvent }) => {
      const exchange = exchangeOf(event);
      const found = routes.get(event.routeKey);
      if (!found) return;
      const { route, name } = found;
      Object.assign(exchange, { route, name });
      const account = route.auth === 'account' ? principalOf(event, exchange.now) : undefined;
      const params = paramsOf(event);
      const query = checked(route.query, event.queryStringParameters ?? {}, 'query', exchange.locale);
      // The body of a GET has no meaning (RFC 9110, 9.3.1); some gateways drop it.
      const taken = hasBody(route) || (event.body && route.method !== 'GET');
      const body = checked(route.body, taken ? bodyOf(event, route) : {}, '', exchange.locale);
      const key = route.method === 'POST' ? idempotencyKeyOf(event, exchange.locale) : undefined;
      if (key) {
        const request = fingerprint(event.routeKey, event.rawPath, event.rawQueryString, JSON.stringify(body));
        exchange.idempotency = idempotencyOf(account?.accountId ?? 'guest', key, request, route.status, exchange.now);
      }
      Object.assign(exchange, open(exchange.idempotency?.rider));
      const { locale, now } = exchange;
      exchange.request = {
        params,
        query,
        body,
        account,
        locale,
        now,
        ifMatch: ifMatchOf(event.headers['if-match']),
        place: placeOf(event.requestContext.http.sourceIp),
        origin: event.headers.origin,
        cookies: cookiesOf(event),
      } as RouteRequest;
    },
  };
}

/** The account of a guarded route. The authorizer's result may be cached longer than the token lives: look again. */
function principalOf(event: HttpEvent, now: number): Principal {
  const claims = event.requestContext.authorizer?.lambda;
  if (!claims?.accountId || !claims.sessionId || Number(claims.expiresAt ?? 0) * 1000 <= now)
    throw new Problem('TOKEN_INVALID');
  return { accountId: claims.accountId, sessionId: claims.sessionId };
}

/** Long enough that nobody meets another's key by chance: for a guest the key alone tells whose it is. */
function idempotencyKeyOf(event: HttpEvent, locale: Locale): string | undefined {
  const key = event.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (/^[\x21-\x7e]{16,128}$/.test(key)) return key;
  const reason = catalogOf(locale).fields.idempotencyKey;
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: 'header/idempotency-key', reason }] });
}
