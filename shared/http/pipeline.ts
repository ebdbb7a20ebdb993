import middy from '@middy/core';
import { afterTheEnd, type SignedIn, signedIn } from '../access/signed-in.ts';
import { type EdgeKeys, edgeKeysOf, viewerOf } from '../adapters/media.ts';
import { type Feature, hasBody, type Route, routeKey } from '../core/contract.ts';
import { type Deployable, deployable, type Handler } from '../core/deployable.ts';
import { fingerprint, isId } from '../core/ids.ts';
import { untilSettled } from '../data/meaning.ts';
import { newMeter } from '../data/meter.ts';
import { type Adapters, type Deps, type Kernel, kernelOf } from '../kernel.ts';
import { localeOf } from '../messages/text.ts';
import { metrics } from '../observe/metrics.ts';
import { isEntry, outcomeOf, type SecurityFacts, securityEvent } from '../observe/security.ts';
import { Problem, type ProblemCode } from '../product/problems.ts';
import type { Answer, Call, HttpEvent, HttpResult, Principal, RouteRequest } from './exchange.ts';
import { admitted, worked, workOf } from './fair-use.ts';
import { type Idempotency, idempotencyOf, Repetition } from './idempotency.ts';
import { keptAnswer } from './kept.ts';
import {
  bodyOf,
  checked,
  cookiesOf,
  idempotencyKeyOf,
  ifMatchOf,
  networkOf,
  paramsOf,
  placeInLog,
  placeOf,
  principalOf,
} from './parse.ts';
import { answerOf, problemAnswer, problemOf, repeatedAnswer } from './respond.ts';

type Routes = Readonly<Record<string, Route>>;
/** The route that a request is for, with its name. */
type FoundRoute = { readonly name: string; readonly route: Route };

/** One function for each route of a contract, under the name of the route. */
export type HttpServices<R extends Routes, A extends Adapters> = {
  readonly [Name in keyof R]: (request: RouteRequest<R[Name]>, deps: Deps<A>) => Promise<Answer<R[Name]>>;
};

/** The account that an event names, whether or not its token is still good. */
const accountOf = ({ requestContext }: Pick<Received, 'requestContext'>) =>
  requestContext.authorizer?.lambda?.accountId;

/** An event on its way through middy, which passes the same event to the middleware and to the handler. */
type Received = HttpEvent & { call: Call };

/**
 * The HTTP function of a feature. API Gateway has matched the route; a table finds its service. Each request passes the
 * same stages in this order: the call is opened; the request is parsed (identity, input, safe retry); the service
 * carries it out, and again if another request was faster at what it had read (`untilSettled`); the answer, or the problem that was thrown, is written; one line with the cost is logged.
 *
 * @param contract the feature's contract with its routes
 * @param services one function for each route, under the name of the route
 * @param adapters what the services need besides the table and the log, each made once for each cold start
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
    const edgeKeys = edgeKeysOf(platform.environment);

    const tell = (event: Received, response?: HttpResult | null, problem?: ProblemCode) => {
      const { call, requestContext } = event;
      const status = response?.statusCode ?? 500;
      const { name, now, requestId, meter } = call;
      const account = accountOf({ requestContext });
      const failed = metrics(now, { ServerErrors: status >= 500 ? 1 : 0 }, { route: name });
      const security = securityOf(event, routes.get(keyOf(event))?.route.event, status, edgeKeys);
      const refused = metrics(now, { EntriesRefused: security.refusedEntries }, { stage: platform.environment.STAGE! });
      const line = { requestId, route: name, status, problem, account, ...security.fields, ms: platform.now() - now };
      log.info({ ...line, ...meter, ...failed, ...refused }, 'answered');
    };
    return middy<Received, HttpResult>()
      .before(({ event }) => {
        event.call = {
          name: routes.get(keyOf(event))?.name ?? event.routeKey,
          requestId: event.requestContext.requestId,
          locale: localeOf(event.headers['accept-language']) ?? 'ko',
          now: platform.now(),
          meter: newMeter(),
          facts: {},
        };
      })
      .after(({ event, response }) => tell(event, response))
      .onError((failed) => {
        // Also when time runs out: middy gives up on the handler 5 ms before Lambda would end the function.
        const { requestId, locale } = failed.event.call;
        const problem = problemOf(failed.error, log, requestId);
        failed.response = problemAnswer(problem, locale, requestId);
        tell(failed.event, failed.response, problem.code);
      })
      .handler(async (event: Received) => {
        const found = routes.get(keyOf(event));
        if (!found) throw new Problem('NOT_FOUND');
        const { now, meter } = event.call;
        const address = viewerOf(event.headers, event.requestContext.http.sourceIp, edgeKeys);
        const accountId = found.route.auth === 'account' ? accountOf(event) : undefined;
        const who = { accountId, place: placeOf(address) };
        const { tally } = open(found.name, meter).deps;
        // A function without a table counts nothing: its answers cost no more than a refusal.
        if (!tally) return answered(event, found, address);
        await admitted(tally, found.route, who, now);
        let sent = 0;
        try {
          const answer = await answered(event, found, address);
          sent = answer.body?.length ?? 0;
          return answer;
        } finally {
          await worked(tally, who, workOf(meter, sent), now, log);
        }
      }) as unknown as Handler<HttpEvent, HttpResult>;

    /** Carries the request out, and gives its answer. @throws Problem */
    async function answered(event: Received, found: FoundRoute, address: string): Promise<HttpResult> {
      const { name, route } = found;
      const { request, idempotency } = understood(event, route, address);
      const { deps: kernel } = open(name, event.call.meter, idempotency?.rider);
      const guard = guardOf(found, request, kernel);
      const deps = guard ? { ...kernel, table: guard.table } : kernel;
      const service = services[name] as ((request: RouteRequest, deps: Kernel) => Promise<Answer>) | undefined;
      // The compiler checks this too, but not everybody runs it before they try a change.
      if (!service) throw new Error(`no function "${name}": export it from service.ts of "${contract.name}"`);
      try {
        const answer = await carriedOut(() => untilSettled(() => service(request, deps)), deps, idempotency).catch(
          (problem) => repeated(problem, name, kernel, idempotency),
        );
        // Also where nothing was read or written: an answer may be a link.
        await guard?.required();
        const full = answerOf(route, answer, event.call.requestId);
        return route.kept ? keptAnswer(route, full, answer.version, event.headers) : full;
      } catch (error) {
        if (error instanceof Repetition) return repeatedAnswer(route, error.stored, event.call.requestId);
        throw error;
      }
    }
  });
}

/** The event of security that a request is: its caller and place, what it acts on, and what the service has noted. */
function securityOf(
  { call, headers, pathParameters, requestContext }: Received,
  name: Route['event'],
  status: number,
  keys: EdgeKeys,
) {
  if (name === undefined || name === 'NONE') return { fields: {}, refusedEntries: 0 };
  const outcome = outcomeOf(status);
  const { accountId, sessionId } = requestContext.authorizer?.lambda ?? {};
  const about = Object.values(pathParameters ?? {}).at(-1);
  const facts: SecurityFacts = {
    ...(accountId === undefined ? {} : { account: accountId, session: sessionId }),
    // Anything may be in a path; only an id is logged.
    ...(about !== undefined && isId(about) ? { about } : {}),
    place: placeInLog(viewerOf(headers, requestContext.http.sourceIp, keys), keys),
    ...call.facts,
  };
  return {
    fields: securityEvent(name, outcome, facts),
    refusedEntries: outcome === 'REFUSED' && isEntry(name) ? 1 : 0,
  };
}

/**
 * The key of the route that answers. API Gateway has no routes for HEAD, which monitors ask with: those requests come to the
 * fallback, which answers for its own paths as for GET. The servers in front leave the body out.
 */
function keyOf({ routeKey: matched, requestContext: { http } }: Received): string {
  return matched === '$default' && http.method === 'HEAD' ? `GET ${http.path}` : matched;
}

/**
 * The request as its service gets it, and its safe retry if it has an Idempotency-Key.
 *
 * @throws Problem TOKEN_INVALID, NOT_FOUND, INVALID_REQUEST, and the problems of `bodyOf`
 */
function understood(
  event: Received,
  route: Route,
  address: string,
): { request: RouteRequest; idempotency: Idempotency | undefined } {
  const { now, locale } = event.call;
  const account = route.auth === 'account' ? principalOf(event, now) : undefined;
  const params = paramsOf(event);
  const query = checked(route.query, event.queryStringParameters ?? {}, 'query', locale);
  // The body of a GET has no meaning (RFC 9110, 9.3.1); some gateways drop it.
  const taken = hasBody(route) || (event.body && route.method !== 'GET');
  const body = checked(route.body, taken ? bodyOf(event, route) : {}, '', locale);
  const key = route.method === 'POST' ? idempotencyKeyOf(event, locale) : undefined;
  const print = () => fingerprint(event.routeKey, event.rawPath, event.rawQueryString, JSON.stringify(body));
  const request = {
    params,
    query,
    body,
    account,
    locale,
    now,
    ifMatch: ifMatchOf(event.headers['if-match']),
    place: placeOf(address),
    network: networkOf(address),
    origin: event.headers.origin,
    cookies: cookiesOf(event),
    note: (facts: SecurityFacts) => {
      event.call.facts = { ...event.call.facts, ...facts };
    },
  } as RouteRequest;
  return {
    request,
    idempotency: key ? idempotencyOf(account?.accountId ?? 'guest', key, print(), route.status, now) : undefined,
  };
}

/**
 * Asks that the session of a guarded route is alive, and has the proof that its contract asks for, in the first request that
 * is made anyway; nothing of other routes.
 */
function guardOf(
  { name, route }: { readonly name: string; readonly route: Route },
  { account, now }: RouteRequest,
  { table }: Kernel,
): SignedIn | undefined {
  const who = account as Principal | undefined;
  return who && afterTheEnd[name]?.asks !== 'nothing' ? signedIn(table, who, now, route.proof) : undefined;
}

/** Of a session that is over, and of that alone, a few routes give the kept answer again: `afterTheEnd`. Always throws. */
async function repeated(problem: unknown, name: string, { table }: Kernel, idempotency?: Idempotency): Promise<never> {
  const isOver = problem instanceof Problem && problem.code === 'TOKEN_INVALID';
  if (isOver && afterTheEnd[name]) await idempotency?.recall(table);
  throw problem;
}

/**
 * Runs the service. If it refuses, the same request may have been carried out before: then the first answer counts.
 *
 * @throws Repetition with that answer; else the error of the service
 */
async function carriedOut(service: () => Promise<Answer>, { table }: Kernel, idempotency?: Idempotency) {
  try {
    return await service();
  } catch (error) {
    if (error instanceof Problem) await idempotency?.recall(table);
    throw error;
  }
}
