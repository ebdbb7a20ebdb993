/**
 * Contracts: a feature declares once, as values, what it offers. Routes of the gateway, grants, validation, documents, the
 * typed client and test sweeps are derived from them.
 */
import * as z from 'zod';
import type { Placeholders } from '../data/kind.ts';
import type { FieldReason } from '../messages/catalog.ts';
import type { SecurityEvent } from '../observe/security.ts';
import type { ProblemCode } from '../product/problems.ts';
import type { Consumer } from './consumer.ts';
import { type Duty, dutyTriggers } from './duties.ts';
import type { FairUse, Limited } from './fair-use.ts';
import type { Rights } from './rights.ts';

/** Placeholders are ids (UUID). Any other text in their place gets the answer for a thing that does not exist. */
export type PathParams<Path extends string> = { readonly [Name in Placeholders<Path>]: string };

const nothing = z.strictObject({});
type Nothing = typeof nothing;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Auth = 'account' | 'none';
export type Proof = 'fresh';
export type MediaType = 'application/json' | 'image/svg+xml';

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
  /** The media type of the result. A text goes out as it is under any other than JSON. */
  readonly mediaType: MediaType;
  /** Problems of this route's own rules. The document adds the problems that every route may answer. */
  readonly problems: readonly ProblemCode[];
  /** The maximum size of a body in bytes. */
  readonly bodyLimit: number;
  /** Whether a client may keep the answer, and ask next time whether it has changed (`shared/http/kept.ts`). */
  readonly kept: boolean;
  readonly event: SecurityEvent | 'NONE' | undefined;
  /** `fresh`: an access token alone is not enough, the session has lately shown who is there (`shared/access/proof.ts`). */
  readonly proof?: Proof | undefined;
  /** Seconds for which the distribution may give guests an answer again; 0: it keeps none. */
  readonly sharedSeconds: number;
  /** How often one place may ask; of each POST that anybody may send. */
  readonly fromPlace: FairUse | undefined;
}

interface RouteDefinition<Verb extends Method, Path extends string, Query, Body, Result, Who> {
  readonly method: Verb;
  readonly path: Path;
  readonly summary: string;
  readonly description?: string;
  readonly auth: Who;
  readonly query?: Query;
  readonly body?: Body;
  readonly status?: 200 | 201 | 202 | 204;
  readonly result?: Result;
  /** For a text that is no JSON, and that any page may show. Problems stay JSON. */
  readonly mediaType?: Result extends z.ZodString ? MediaType : never;
  readonly problems?: readonly ProblemCode[];
  readonly bodyLimit?: number;
  /** `false`: clients keep no copy of what opens something, or shows others' mail addresses. Only GETs are ever kept. */
  readonly kept?: false;
  /** The event of security that each request is; required where ways into an account are (docs/security-events.md). */
  readonly event?: SecurityEvent | 'NONE';
  readonly proof?: Who extends 'account' ? Proof : never;
  /** Seconds for which the distribution may give guests, and nobody who sends an `Authorization`, the same answer again. */
  readonly sharedSeconds?: number;
}

/** The maximum size of a body in bytes, unless a route sets its own. Routes carry no files, only text. */
export const defaultBodyLimit = 32 * 1024;

/**
 * Declares an HTTP route. Without `result` it answers 204 without a body. Without `query` or `body` it accepts none.
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
  const Verb extends Method,
  const Path extends string,
  const Who extends Auth,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  Result extends z.ZodType = Nothing,
>(
  definition: RouteDefinition<Verb, Path, Query, Body, Result, Who> & Limited<Verb, Who>,
): Route<Path, Query, Body, Result, Who> {
  return {
    ...definition,
    description: definition.description,
    query: definition.query ?? (nothing as unknown as Query),
    body: definition.body ?? (nothing as unknown as Body),
    result: definition.result ?? (nothing as unknown as Result),
    mediaType: definition.mediaType ?? 'application/json',
    status: definition.status ?? (definition.result ? 200 : 204),
    problems: definition.problems ?? [],
    bodyLimit: definition.bodyLimit ?? defaultBodyLimit,
    kept: definition.kept ?? (definition.method === 'GET' && definition.result !== undefined),
    event: definition.event,
    sharedSeconds: definition.sharedSeconds ?? 0,
    fromPlace: definition.fromPlace,
  };
}

/** Whether a route accepts a body. */
export const hasBody = (r: Route) => r.body !== nothing;
/** The key by which API Gateway names a route: `'POST /v1/groups'`. */
export const routeKey = (r: Route) => `${r.method} ${r.path}`;

/** A message that a client sends over the socket, and its reply. */
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
 * Declares a socket message. Without `data` it accepts none. Without `reply` the reply is an empty object.
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

/** A message that the server sends over the socket on its own initiative. */
export interface ServerEvent<Data extends z.ZodType = z.ZodType, Name extends string = string> {
  readonly name: Name;
  readonly summary: string;
  readonly data: Data;
}

/**
 * Declares a message that the server sends over the socket by itself.
 *
 * @example const memberWarned = serverEvent({ name: 'member.warned', summary: 'A warning', data: z.object({ groupId: id }) })
 */
export const serverEvent = <const Name extends string, Data extends z.ZodType>(
  definition: ServerEvent<Data, Name>,
): ServerEvent<Data, Name> => definition;

/** Scheduled work, as EventBridge Scheduler takes it; `zone` is an IANA zone. What it would refuse fails at synthesis (`schedule.ts`). */
export interface Job {
  readonly summary: string;
  readonly schedule: { readonly cron: string; readonly zone: string } | { readonly rate: string };
}

/** Work that becomes due at an instant (`shared/data/due.ts`), and its rights. Its name is the kind of the entries. */
export interface DueKind {
  readonly summary: string;
  readonly rights: Rights;
}

/** The kinds of calls that a function answers. `handler.ts` exports the function under the same name. */
export type Trigger =
  | 'http'
  | 'socket'
  | 'job'
  | 'stream'
  | 'queue'
  | 'httpAuthorizer'
  | 'socketAuthorizer'
  | 'mailFeedback';

/** Memory in MB and time limit in seconds of the function of one trigger, if the defaults do not fit. */
export interface Tuning {
  readonly memory?: number;
  readonly timeout?: number;
}

/**
 * The areas of the product: the folders of `functions/`, each a stack (ADR 11).
 *
 * - `accounts`: accounts, sign-in and profiles
 * - `groups`: groups, and how people find, join and leave them
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
  Due extends Readonly<Record<string, DueKind>> = Readonly<Record<string, DueKind>>,
> {
  /** The name of the folder; the names of the functions begin with it. */
  readonly name: string;
  readonly summary: string;
  readonly routes: Routes;
  readonly actions: Actions;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly consumers: Consumers;
  readonly due: Due;
  /** Its duties for the whole product. Each duty has exactly one feature. */
  readonly answersFor: readonly Duty[];
  readonly rights: Readonly<Partial<Record<Trigger, Rights>>>;
  readonly tuning: Readonly<Partial<Record<Trigger, Tuning>>>;
  /** A stack of its own within the area, `<area>-<part>`, for an area that outgrows one stack. */
  readonly part: string | undefined;
  readonly protocol?: string | undefined; // Markdown, for the document of the socket
}

/** A feature in its area: its files are in `functions/<area>/<name>`. */
export interface PlacedFeature extends Feature {
  readonly area: Area;
}

/** Puts a feature into its area, for the list of features. */
export const placed = <F extends Feature>(area: Area, feature: F): F & PlacedFeature => ({ ...feature, area });

/**
 * Declares a feature. Everything that is left out is empty.
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
  // biome-ignore lint/complexity/noBannedTypes: as above
  const Due extends Readonly<Record<string, DueKind>> = {},
>(
  definition: Pick<Feature, 'name' | 'summary'> & {
    routes?: Routes;
    actions?: Actions;
    jobs?: Jobs;
    consumers?: Consumers;
    events?: Events;
    due?: Due;
  } & Partial<Pick<Feature, 'answersFor' | 'rights' | 'tuning' | 'part' | 'protocol'>>,
): Feature<Routes, Actions, Jobs, Consumers, Events, Due> {
  return {
    routes: {} as Routes,
    actions: {} as Actions,
    jobs: {} as Jobs,
    consumers: {} as Consumers,
    due: {} as Due,
    events: {} as Events,
    answersFor: [],
    rights: {},
    tuning: {},
    part: undefined,
    ...definition,
  };
}

/** The triggers that a feature needs a function for. Its consumers run in the functions of their lanes (`lanes.ts`). */
export function triggersOf(f: Feature): Trigger[] {
  const declared = { http: f.routes, socket: f.actions, job: f.jobs };
  const own = (Object.keys(declared) as (keyof typeof declared)[]).filter(
    (trigger) => Object.keys(declared[trigger]).length > 0,
  );
  return [...new Set<Trigger>([...own, ...f.answersFor.map((duty) => dutyTriggers[duty])])];
}

/** The result of every list route: `items`, and `nextCursor` for the next page (null on the last page). */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The query of every list route: `limit` 1-50, 20 by default; `cursor` from the page before. */
export const pageQuery = {
  limit: z.coerce.number<number>().int().min(1).max(50).default(20),
  cursor: z.string().max(1024).optional(),
};

/**
 * Names the text that people read where a check of a schema refuses a field: for checks that a schema cannot explain by
 * itself, `regex` and `refine`. The texts are in the message catalogs.
 *
 * @example z.string().regex(/^\d{6}$/, because('emailCode'))
 */
export const because = (reason: FieldReason) => ({ error: reason });

/**
 * The body of an edit: fields that all may be left out, but not all at once.
 *
 * @example edit({ title: title.optional(), notice: notice.nullable().optional() })
 */
export const edit = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .refine((body) => Object.values(body).some((value) => value !== undefined), because('nothingGiven'))
    .meta({ minProperties: 1 });

/** An id as moim writes them: a UUID. */
export const id = z.uuid();
/** A calendar day of this millennium, `YYYY-MM-DD`, that exists. */
export const day = z.iso.date().refine((text) => text.startsWith('2'), because('day'));
/** An instant, ISO 8601 in UTC, whose day is of this millennium in every time zone (`day`). */
export const instant = z.iso.datetime().refine((text) => '2000-01-02' <= text && text < '2999-12-31', because('day'));
