import type { APIGatewayProxyEventV2WithLambdaAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { PathParams, Route } from '../core/contract.ts';
import type { Meter } from '../data/meter.ts';
import type { Locale } from '../messages/catalog.ts';

/** Who sends a request: an account through one of its sessions. */
export interface Principal {
  readonly accountId: string;
  readonly sessionId: string;
}

/** A request that passed validation, as a service gets it. */
export interface RouteRequest<R extends Route = Route> {
  readonly params: PathParams<R['path']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly account: R['auth'] extends 'account' ? Principal : undefined;
  readonly locale: Locale;
  /** Milliseconds since 1970, the same for all that one request does. */
  readonly now: number;
  /** The version in `If-Match`, if one was sent. */
  readonly ifMatch: number | undefined;
  /** Where it comes from, for limits: a hash of the IP address (IPv6: of its /64), which nobody else can pretend to. */
  readonly place: string;
  /** The page that sends it, as its browser says. */
  readonly origin: string | undefined;
  readonly cookies: Readonly<Record<string, string>>;
}

/** What a service answers. `location` names what was created; `version` becomes the ETag; `cookie` is a `Set-Cookie`. */
export interface Answer<R extends Route = Route> {
  readonly body: z.input<R['result']>;
  readonly location?: string;
  readonly version?: number;
  readonly cookie?: string;
}

/** The answer of a route without a result. */
export const noContent = { body: {} } as const;

export type Claims = { accountId?: string; sessionId?: string; expiresAt?: number } | undefined;
export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<Claims>;
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** A stored answer that is given again. */
export interface StoredAnswer {
  readonly status: number;
  readonly answer: Answer;
}

/** What is known of every request from its first moment on, understood or not: all that its line in the log needs. */
export interface Call {
  /** The route's name; where no route matched, the key that API Gateway names. */
  readonly name: string;
  readonly requestId: string;
  readonly locale: Locale;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the request has cost so far. */
  readonly meter: Meter;
}
