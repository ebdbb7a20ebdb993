import { type Clock, timerClock } from './clock.ts';

/**
 * The boundary between a function and the platform that it runs on. On AWS the platform is the process. In the local
 * cloud each function gets its own environment (with its own credentials), the cloud's clock, and a connection to the
 * engines.
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
  /** Milliseconds since 1970, UTC. Functions read no other clock. */
  readonly now: () => number;
  /** Runs a task at a time, by the same clock. Without it, the timers of the system do. */
  readonly at?: Clock['at'] | undefined;
  /** Writes one line of log (JSON, no newline). */
  readonly write: (line: string) => void;
  /** Replaces the SDK's HTTP client: tests call the engines without a socket. */
  readonly requestHandler?: RequestHandler | undefined;
  /**
   * Replaces the SDK's signer for requests to the table if nobody verifies the signatures. Most calls go to the table,
   * so this saves time.
   */
  readonly signer?: RequestSigner | undefined;
  /** Replaces the SDK's document client to the table: tests call the engine without the SDK between. */
  readonly tableClient?: object | undefined;
}

/** The clock of a platform. */
export const clockOf = ({ now, at }: Platform): Clock => (at ? { now, at } : timerClock(now));
