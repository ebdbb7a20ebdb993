import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';
import type * as z from 'zod';
import { signedIn } from '../access/signed-in.ts';
import { socketsOf } from '../adapters/sockets.ts';
import type { Action, Feature } from '../core/contract.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import type { Principal } from '../http/exchange.ts';
import { checked } from '../http/parse.ts';
import { problemBody, problemOf } from '../http/respond.ts';
import { type Adapters, type Deps, type Kernel, kernelOf } from '../kernel.ts';
import type { Locale } from '../messages/catalog.ts';
import { failingPlainly } from '../observe/log.ts';
import { limits } from '../product/limits.ts';
import { Problem, problemDefinitions } from '../product/problems.ts';

/** The claims that the `$connect` authorizer found. API Gateway repeats them with every message of the connection. */
export type SocketClaims = { accountId: string; sessionId: string; locale: Locale };
export type SocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer?: SocketClaims }
>;

/** A validated message, as a service gets it. */
export interface SocketMessage<A extends Action = Action> {
  readonly data: z.output<A['data']>;
  readonly account: Principal;
  readonly connectionId: string;
  readonly locale: Locale;
  readonly now: number;
  /**
   * Names work for after the reply: the reply goes out first, and the function works on. For events to others, which the
   * sender need not wait for. It handles its own failures.
   */
  readonly afterReply: (work: () => Promise<void>) => void;
}

type Actions = Readonly<Record<string, Action>>;
export type SocketServices<A extends Actions, D extends Adapters> = {
  readonly [Name in keyof A]: (message: SocketMessage<A[Name]>, deps: Deps<D>) => Promise<z.input<A[Name]['reply']>>;
};
/** The two functions of the feature that answers for `lifecycle`: a socket opens, a socket closes. */
export interface Lifecycle<D extends Adapters> {
  connected(message: SocketMessage, deps: Deps<D>): Promise<void>;
  disconnected(message: SocketMessage, deps: Deps<D>): Promise<void>;
}

/**
 * The socket function of a feature. A message `{id, action, data}` is answered by `{id, ok: true, data}` or `{id, ok:
 * false, problem}` on the same socket. Nothing that a client sends causes an error of the gateway.
 * A message of an ended session closes the connection and does nothing.
 */
export function socketFunction<A extends Actions, const D extends Adapters = Record<never, never>>(
  contract: Pick<Feature, 'name'> & { readonly actions: A },
  services: SocketServices<A, D>,
  adapters: D = {} as D,
  lifecycle?: Lifecycle<D>,
): Deployable<SocketEvent, APIGatewayProxyResultV2> {
  const actions = new Map(Object.entries(contract.actions).map(([name, action]) => [action.name, { name, action }]));

  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adapters);
    const sockets = socketsOf(platform);

    async function reply(
      body: string | undefined,
      routeKey: string,
      message: (data: unknown) => SocketMessage,
      deps: Deps<D>,
    ) {
      const envelope = envelopeOf(body);
      const found = actions.get(routeKey);
      if (!found) return { id: envelope.id, problem: new Problem('UNKNOWN_ACTION') };
      try {
        const { name, action } = found;
        const asked = message(undefined);
        const service = services[name] as (message: SocketMessage, deps: Kernel) => Promise<unknown>;
        const data = checked(action.data, envelope.data, '/data', asked.locale);
        const guard = signedIn(deps.table, asked.account, asked.now);
        const later: (() => Promise<void>)[] = [];
        const asking = { ...message(data), afterReply: (work: () => Promise<void>) => void later.push(work) };
        const answer = await service(asking, { ...deps, table: guard.table });
        await guard.required();
        return { id: envelope.id, data: action.reply.parse(answer), later };
      } catch (error) {
        return { id: envelope.id, problem: error };
      }
    }

    /** Whether a reply has gone out already; false where it could not: then it is returned as any other. */
    const posted = (connectionId: string, reply: Parameters<typeof sockets.post>[1]) =>
      sockets.post(connectionId, reply).then(
        () => true,
        () => false,
      );

    return async (event) => {
      const { routeKey, connectionId, requestId, authorizer } = event.requestContext;
      const now = platform.now();
      const { deps, meter } = open(routeKey);
      const locale = authorizer?.locale ?? 'ko';
      const account = { accountId: authorizer?.accountId ?? '', sessionId: authorizer?.sessionId ?? '' };
      const message = (data: unknown): SocketMessage => ({
        ...{ data: data as never, account, connectionId, locale, now },
        afterReply: () => {},
      });
      const told = (code?: string) =>
        log.info(
          { requestId, route: routeKey, problem: code, account: account.accountId, ms: platform.now() - now, ...meter },
          'answered',
        );

      if (routeKey === '$connect' || routeKey === '$disconnect') {
        // An error here fails the invocation, and API Gateway then refuses the connection.
        const refused = await failingPlainly(log, async () =>
          lifecycle?.[routeKey === '$connect' ? 'connected' : 'disconnected'](message({}), deps).catch(refusal),
        );
        told(refused?.code);
        return { statusCode: refused ? problemDefinitions[refused.code].status : 200 };
      }
      const answer = await reply(event.body, routeKey, message, deps).catch((problem: unknown) => ({
        id: undefined,
        problem,
      }));
      const id = answer.id ?? null;
      if (!('problem' in answer)) {
        const reply = { id, ok: true, data: answer.data } as const;
        // What the function returns is sent when it ends, so a reply that shall not wait is posted.
        const isSent = answer.later.length > 0 && (await posted(connectionId, reply));
        await Promise.all(answer.later.map((work) => work()));
        told();
        return isSent ? { statusCode: 200 } : { statusCode: 200, body: JSON.stringify(reply) };
      }
      const problem = problemOf(answer.problem, log, requestId);
      told(problem.code);
      if (problem.code === 'TOKEN_INVALID') await failingPlainly(log, () => sockets.close(connectionId));
      return {
        statusCode: 200,
        body: JSON.stringify({ id, ok: false, problem: problemBody(problem, locale, requestId) }),
      };
    };
  });
}

/** A problem is an answer; every other error fails the invocation. */
function refusal(problem: unknown): Problem {
  if (problem instanceof Problem) return problem;
  throw problem;
}

/**
 * The envelope of a message. Its `id` belongs to the client and is sent back unchanged, if it is a short text or a
 * number.
 */
function envelopeOf(body: string | undefined): { id: unknown; data: unknown } {
  if (Buffer.byteLength(body ?? '') > limits.socket.messageBytes) throw new Problem('MESSAGE_TOO_LARGE');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body ?? '');
  } catch {
    throw new Problem('MALFORMED_BODY');
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Problem('MALFORMED_BODY');
  const { id, data = {} } = parsed as { id?: unknown; data?: unknown };
  const short = typeof id === 'number' || (typeof id === 'string' && id.length <= 64);
  return { id: short ? id : undefined, data };
}
