import { type Clock, timerClock } from './clock.ts';

/**
 * The one seam between a function and where it runs. On AWS it is the process; in the local cloud each function is
 * handed its own environment (with its own credentials), the cloud's clock, and a way to reach the engines.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The part of the SDK's HTTP handler that its clients call; the request and response types are the SDK's own. */
export interface RequestHandler {
  handle(request: never, options?: never): Promise<unknown>;
}

/** Signs the SDK's requests in place of its own signer. */
export interface RequestSigner {
  sign<Request extends { headers: Record<string, string> }>(request: Request): Promise<Request>;
}

export interface Platform {
  readonly environment: Environment;
  /** Milliseconds since 1970, UTC. The only clock that functions read. */
  readonly now: () => number;
  /** Runs a task at a time, by the same clock; without it, by the system's timers. */
  readonly at?: Clock['at'] | undefined;
  /** Takes one line of log (JSON, no newline). */
  readonly write: (line: string) => void;
  /** Replaces the SDK's HTTP client: lets tests call the engines without a socket. */
  readonly requestHandler?: RequestHandler | undefined;
  /** Replaces the SDK's signer of requests to the table, where nobody verifies them: they are most of all calls. */
  readonly signer?: RequestSigner | undefined;
}

/** The clock of a platform. */
export const clockOf = ({ now, at }: Platform): Clock => (at ? { now, at } : timerClock(now));
