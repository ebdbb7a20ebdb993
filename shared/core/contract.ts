/**
 * How a feature says what it offers: once, as values. The gateway's routes, the grants, validation, the OpenAPI and
 * AsyncAPI documents, the typed client and the generated test sweeps are all derived from these values.
 */
import * as z from 'zod';
import type { EntityName, PatternName } from '../data/registry.ts';
import type { ProblemCode } from '../product/problems.ts';
import type { Consumer } from './consumer.ts';

/** The names in a path's braces: `'/v1/groups/{groupId}'` gives `'groupId'`. */
type Placeholders<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Placeholders are ids (UUID); anything else in their place is answered like a thing that does not exist. */
export type PathParams<Path extends string> = { readonly [Name in Placeholders<Path>]: string };

const nothing = z.strictObject({});
type Nothing = typeof nothing;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Auth = 'account' | 'none';

export interface Route<
  Path extends string = string,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
  Who extends Auth = Auth,
> {
  readonly method: Method;
  readonly path: Path;
  readonly summary: string;
  readonly description: string | undefined;
  /** `account`: a valid access token is needed. */
  readonly auth: Who;
  readonly query: Query;
  readonly body: Body;
  readonly status: 200 | 201 | 202 | 204;
  readonly result: Result;
  /** What this route refuses by its own rules; what every route may refuse is added by the document. */
  readonly problems: readonly ProblemCode[];
  /** Bytes of body that are read at most. */
  readonly bodyLimit: number;
}

interface RouteDefinition<Path extends string, Query, Body, Result, Who> {
  readonly method: Method;
  readonly path: Path;
  readonly summary: string;
  readonly description?: string;
  readonly auth: Who;
  readonly query?: Query;
  readonly body?: Body;
  readonly status?: 200 | 201 | 202 | 204;
  readonly result?: Result;
  readonly problems?: readonly ProblemCode[];
  readonly bodyLimit?: number;
}

/** Bytes a body may have unless a route says otherwise. No route carries files, so text is all there is. */
export const defaultBodyLimit = 32 * 1024;

/**
 * Declares an HTTP route. Without `result` it answers 204 and nothing; without `query` and `body` it takes none.
 *
 * @example
 * const getGroup = route({
 *   method: 'GET',
 *   path: '/v1/groups/{groupId}',
 *   summary: 'A group',
 *   auth: 'none',
 *   result: z.object({ id, title: z.string() }),
 * });
 */
export function route<
  const Path extends string,
  const Who extends Auth,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  Result extends z.ZodType = Nothing,
>(definition: RouteDefinition<Path, Query, Body, Result, Who>): Route<Path, Query, Body, Result, Who> {
  return {
    ...definition,
    description: definition.description,
    query: definition.query ?? (nothing as unknown as Query),
    body: definition.body ?? (nothing as unknown as Body),
    result: definition.result ?? (nothing as unknown as Result),
    status: definition.status ?? (definition.result ? 200 : 204),
    problems: definition.problems ?? [],
    bodyLimit: definition.bodyLimit ?? defaultBodyLimit,
  };
}

/** Whether a route takes a body: whether it declares one. */
export const hasBody = (r: Route) => r.body !== nothing;
/** The key under which API Gateway announces a route: `'POST /v1/groups'`. */
export const routeKey = (r: Route) => `${r.method} ${r.path}`;

/** A message that a client sends over the socket, and the reply it gets. */
export interface Action<
  Data extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Name extends string = string,
> {
  readonly name: Name;
  readonly summary: string;
  readonly data: Data;
  readonly reply: Reply;
  readonly problems: readonly ProblemCode[];
}

/**
 * Declares a socket message. Without `data` it takes none; without `reply` it is answered by an empty object.
 *
 * @example const ping = action({ name: 'ping', summary: 'Keeps the socket open', reply: z.object({ time: instant }) })
 */
export function action<
  const Name extends string,
  Data extends z.ZodType = Nothing,
  Reply extends z.ZodType = Nothing,
>(definition: {
  name: Name;
  summary: string;
  data?: Data;
  reply?: Reply;
  problems?: readonly ProblemCode[];
}): Action<Data, Reply, Name> {
  return {
    name: definition.name,
    summary: definition.summary,
    data: definition.data ?? (nothing as unknown as Data),
    reply: definition.reply ?? (nothing as unknown as Reply),
    problems: definition.problems ?? [],
  };
}

/** A message that the server sends over the socket by itself. */
export interface ServerEvent<Data extends z.ZodType = z.ZodType, Name extends string = string> {
  readonly name: Name;
  readonly summary: string;
  readonly data: Data;
}

/** Work by the clock. `zone` is an IANA zone; cron has EventBridge's six fields. */
export interface Job {
  readonly summary: string;
  readonly schedule: { readonly cron: string; readonly zone: string } | { readonly rate: string };
}

/** What a function is called by; also the name under which `handler.ts` exports it. */
export type Trigger =
  | 'http'
  | 'socket'
  | 'job'
  | 'stream'
  | 'queue'
  | 'httpAuthorizer'
  | 'socketAuthorizer'
  | 'mailFeedback';

/**
 * What one feature does for the whole product, and the trigger of the function that does it.
 *
 * - `fallback`: answers requests that match no route
 * - `lifecycle`: answers `$connect`, `$disconnect` and messages that match no action (`$default`)
 * - `httpAuthorizer`, `socketAuthorizer`: decide who may send a request, and who may open a socket
 * - `mailFeedback`: takes the reports of SES on mails that bounced or were complained of
 */
const dutyTriggers = {
  fallback: 'http',
  lifecycle: 'socket',
  httpAuthorizer: 'httpAuthorizer',
  socketAuthorizer: 'socketAuthorizer',
  mailFeedback: 'mailFeedback',
} as const satisfies Record<string, Trigger>;
export type Duty = keyof typeof dutyTriggers;

/**
 * What a deployment keeps secret: the key that signs access tokens and makes e-mail codes; what identity providers know
 * moim by; what push services know it by.
 */
export type SecretName = 'SigningKey' | 'SocialProviders' | 'PushKeys';
/** The environment variable that holds a secret's ARN: `SIGNING_KEY_ARN`. */
export const secretVariable = (name: SecretName) => `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_ARN`;

/** What the function of one trigger may touch. Everything not named here is refused by its role. */
export interface Rights {
  /** Entities it gets by key. */
  readonly read?: readonly EntityName[];
  /** Access patterns it queries. */
  readonly query?: readonly PatternName[];
  /** Entities it creates, changes or removes. */
  readonly write?: readonly EntityName[];
  /** Entities whose state its transactions depend on, without changing them. */
  readonly check?: readonly EntityName[];
  /** Key prefixes of the bucket, without the star. */
  readonly readObjects?: readonly string[];
  readonly writeObjects?: readonly string[];
  readonly deleteObjects?: readonly string[];
  /** Key prefixes below which it asks what there is. */
  readonly listObjects?: readonly string[];
  readonly sendMail?: boolean;
  /** Secrets of the deployment that it reads. */
  readonly secrets?: readonly SecretName[];
  /** Secrets it replaces by a new version. */
  readonly rotate?: readonly SecretName[];
  /** Post to open sockets and close them. */
  readonly postToSockets?: boolean;
}

/** Memory in MB and time limit in seconds of the function of one trigger, where the defaults do not fit. */
export interface Tuning {
  readonly memory?: number;
  readonly timeout?: number;
}

/**
 * What features are about: the folders of `functions/`, each a stack (ADR 11).
 *
 * - `accounts`: who somebody is
 * - `groups`: what groups there are, and how one comes into them and leaves
 * - `activity`: what the members of a group do there
 * - `talking`: what reaches people
 * - `operations`: what keeps the product in order
 */
export type Area = 'accounts' | 'groups' | 'activity' | 'talking' | 'operations';

export interface Feature<
  Routes extends Readonly<Record<string, Route>> = Readonly<Record<string, Route>>,
  Actions extends Readonly<Record<string, Action>> = Readonly<Record<string, Action>>,
  Jobs extends Readonly<Record<string, Job>> = Readonly<Record<string, Job>>,
  Consumers extends Readonly<Record<string, Consumer>> = Readonly<Record<string, Consumer>>,
  Events extends Readonly<Record<string, ServerEvent>> = Readonly<Record<string, ServerEvent>>,
> {
  /** The folder's name; the first part of the names of its functions. */
  readonly name: string;
  readonly summary: string;
  readonly routes: Routes;
  readonly actions: Actions;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly consumers: Consumers;
  /** What it does for the whole product. Each duty has one feature. */
  readonly answersFor: readonly Duty[];
  readonly rights: Readonly<Partial<Record<Trigger, Rights>>>;
  readonly tuning: Readonly<Partial<Record<Trigger, Tuning>>>;
  /** The part of its area that it stands in: a stack of its own, `<area>-<part>`. For an area that outgrows one stack. */
  readonly part: string | undefined;
}

/** A feature in its area: its files are in `functions/<area>/<name>`. */
export interface PlacedFeature extends Feature {
  readonly area: Area;
}

/** A feature as it stands in the list of features, in its area. */
export const placed = <F extends Feature>(area: Area, feature: F): F & PlacedFeature => ({ ...feature, area });

/**
 * Declares a feature. What it does not say, it does not have.
 *
 * @example
 * export const contract = feature({
 *   name: 'missions',
 *   summary: 'What members do',
 *   routes: { listMissions },
 *   rights: { http: { read: ['Group', 'Membership'], query: ['missionsOfGroup'] } },
 * });
 */
export function feature<
  // biome-ignore lint/complexity/noBannedTypes: an empty record, so that a feature without routes has no route names
  const Routes extends Readonly<Record<string, Route>> = {},
  // biome-ignore lint/complexity/noBannedTypes: as above
  const Actions extends Readonly<Record<string, Action>> = {},
  // biome-ignore lint/complexity/noBannedTypes: as above
  const Jobs extends Readonly<Record<string, Job>> = {},
  // biome-ignore lint/complexity/noBannedTypes: as above
  const Consumers extends Readonly<Record<string, Consumer>> = {},
  // biome-ignore lint/complexity/noBannedTypes: as above
  const Events extends Readonly<Record<string, ServerEvent>> = {},
>(
  definition: Pick<Feature, 'name' | 'summary' | 'rights'> & {
    routes?: Routes;
    actions?: Actions;
    jobs?: Jobs;
    consumers?: Consumers;
    events?: Events;
  } & Partial<Pick<Feature, 'answersFor' | 'tuning' | 'part'>>,
): Feature<Routes, Actions, Jobs, Consumers, Events> {
  return {
    routes: {} as Routes,
    actions: {} as Actions,
    jobs: {} as Jobs,
    consumers: {} as Consumers,
    events: {} as Events,
    answersFor: [],
    tuning: {},
    part: undefined,
    ...definition,
  };
}

/** The triggers a feature has a function for. Its consumers run in the functions of their lanes (`lanes.ts`). */
export function triggersOf(f: Feature): Trigger[] {
  const declared = { http: f.routes, socket: f.actions, job: f.jobs };
  const own = (Object.keys(declared) as (keyof typeof declared)[]).filter(
    (trigger) => Object.keys(declared[trigger]).length > 0,
  );
  return [...new Set<Trigger>([...own, ...f.answersFor.map((duty) => dutyTriggers[duty])])];
}

/** The result of every list route: `items`, and `nextCursor` for the next page, null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The query of every list route: `limit` 1-50, 20 unless said; `cursor` from the page before. */
export const pageQuery = {
  limit: z.coerce.number<number>().int().min(1).max(50).default(20),
  cursor: z.string().max(1024).optional(),
};

/** An id as moim writes them: a UUID. */
export const id = z.uuid();
/** A calendar day of this millennium, `YYYY-MM-DD`, that exists. */
export const day = z.iso.date().refine((text) => text.startsWith('2'));
/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime();
