/**
 * What every stand-in for an AWS service has in common: a request in, an answer out, and a caller whose rights decide.
 * An engine knows nothing of sockets, so the same one is served over HTTP (`npm start`) and called in process (tests).
 */

/** A request as an AWS SDK sends it: lower-case header names, the path with its query string. */
export interface EngineRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface EngineResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What the credentials of a request stand for: a function's role, or the owner of the laptop. */
export interface Caller {
  readonly name: string;
  /** Whether the caller's policies allow `action` on `resource` (an ARN) under these condition values. */
  allows(action: string, resource: string, conditions?: Readonly<Record<string, readonly string[]>>): boolean;
}

export interface Engine {
  handle(request: EngineRequest, caller: Caller): Promise<EngineResponse>;
}

/** The owner of the laptop: may do everything. Functions never run as this caller. */
export const owner: Caller = { name: 'owner', allows: () => true };
