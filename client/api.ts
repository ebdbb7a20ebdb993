/** The client's types, derived from the contracts. Nothing here exists at run time, so no schema reaches a browser. */
import type * as z from 'zod';
import type { Features } from '../functions/features.ts';
import type { Action, Auth, Method, PathParams, Route, ServerEvent } from '../shared/core/contract.ts';

type RoutesOf<F extends keyof Features> = Features[F]['routes'];
/** Features that have routes. */
type Served = { [F in keyof Features]: keyof RoutesOf<F> extends never ? never : F }[keyof Features];

/** Method, path and guard of each route: the contents of `route-table.ts`, which `npm run docs` writes. */
export type RouteTable = {
  readonly [F in Served]: {
    readonly [R in keyof RoutesOf<F>]: RoutesOf<F>[R] extends Route
      ? readonly [Method, RoutesOf<F>[R]['path'], RoutesOf<F>[R]['auth']]
      : never;
  };
};
export type TableEntry = readonly [Method, string, Auth];

// biome-ignore lint/complexity/noBannedTypes: nothing to add to the arguments
type None = {};
/** Whether a schema is an object without fields. Contracts use it for a route without a query or without a body. */
type IsEmpty<S> = S extends z.ZodObject<infer Shape> ? (keyof Shape extends never ? true : false) : false;
type Part<Name extends string, S extends z.ZodType> =
  IsEmpty<S> extends true
    ? None
    : None extends z.input<S>
      ? { readonly [N in Name]?: z.input<S> }
      : { readonly [N in Name]: z.input<S> };
type Params<Path extends string> = keyof PathParams<Path> extends never ? None : { readonly params: PathParams<Path> };

export interface CallOptions {
  /** The `version` that the resource must still have; otherwise the call fails with PRECONDITION_FAILED. */
  readonly ifMatch?: number;
  /** The key of a POST that an earlier page or process began; a new key unless given. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

type CallArguments<R extends Route> = Params<R['path']> & Part<'query', R['query']> & Part<'body', R['body']>;
type Result<R extends Route> = IsEmpty<R['result']> extends true ? undefined : z.output<R['result']>;
/** A route as a function. The argument may be left out if nothing in it is required. */
type Call<R> = R extends Route
  ? None extends CallArguments<R>
    ? (request?: CallArguments<R> & CallOptions) => Promise<Result<R>>
    : (request: CallArguments<R> & CallOptions) => Promise<Result<R>>
  : never;

/** `client.<feature>.<route>(request)`. */
export type Api = { readonly [F in Served]: { readonly [R in keyof RoutesOf<F>]: Call<RoutesOf<F>[R]> } };

type Values<T> = T[keyof T];
type ActionOf = Values<{ [F in keyof Features]: Values<Features[F]['actions']> }>;
type EventOf = Values<{ [F in keyof Features]: Values<Features[F]['events']> }>;

/** Socket actions by their name in messages. */
export type Actions = {
  readonly [A in ActionOf as A extends Action ? A['name'] : never]: A extends Action
    ? { readonly data: z.input<A['data']>; readonly reply: z.output<A['reply']>; readonly bare: IsEmpty<A['data']> }
    : never;
};
/** The data of server events, by name. */
export type Events = {
  readonly [E in EventOf as E extends ServerEvent ? E['name'] : never]: E extends ServerEvent
    ? z.output<E['data']>
    : never;
};
export type ActionReply<Name extends keyof Actions> = Actions[Name]['reply'];
