import type { APIGatewayProxyEventV2WithLambdaAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { PathParams, Route } from '../core/contract.ts';
import type { Meter } from '../data/meter.ts';
import type { Locale } from '../messages/catalog.ts';
import type { SecurityFacts } from '../observe/security.ts';

/** The sender of a request: an account, by one of its sessions. */
export interface Principal {
  readonly accountId: string;
  readonly sessionId: string;
}

/** A validated request, as a service gets it. */
export interface RouteRequest<R extends Route = Route> {
  readonly params: PathParams<R['path']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly account: R['auth'] extends 'account' ? Principal : undefined;
  readonly locale: Locale;
  /** Milliseconds since 1970; one value for the whole request. */
  readonly now: number;
  /** The version in `If-Match`, if the client sent one. */
  readonly ifMatch: number | undefined;
  /** The origin of the request for limits: a hash of the IP address (IPv6: of its /64). Others cannot forge it. */
  readonly place: string;
  /** The network of that place, as a hash: IPv4 /24, IPv6 /48. */
  readonly network: string;
  /** The `Origin` header: the page that sent the request, according to the browser. */
  readonly origin: string | undefined;
  readonly cookies: Readonly<Record<string, string>>;
  /** Adds what a service finds out to the event of security in the log line, also of a request that it then refuses. */
  readonly note: (facts: SecurityFacts) => void;
}

/**
 * The answer of a service. `location` names what was created; `version` becomes the ETag, or a part of it; `cookie` is a `Set-Cookie`.
 */
export interface Answer<R extends Route = Route> {
  readonly body: z.input<R['result']>;
  readonly location?: string;
  readonly version?: number;
  readonly cookie?: string;
  /** The session of the caller ends with this request. */
  readonly endsSession?: true;
}

/** The answer of a route without a result. */
export const noContent = { body: {} } as const;

export type Claims = { accountId?: string; sessionId?: string; expiresAt?: number } | undefined;
export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<Claims>;
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** A stored answer for a repetition. */
export interface StoredAnswer {
  readonly status: number;
  readonly answer: Answer;
}

/** The facts about every request from its first moment, valid or not: all that its log line needs. */
export interface Call {
  /** The name of the route. If no route matched: the key that API Gateway gives. */
  readonly name: string;
  readonly requestId: string;
  readonly locale: Locale;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The cost of the request so far. */
  readonly meter: Meter;
  /** What the services have noted (`RouteRequest.note`). */
  facts: SecurityFacts;
}
