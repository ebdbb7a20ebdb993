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
  allows(action: string, resource: string, conditions?: Conditions): boolean;
  /** What to do about an access that is not allowed, for the text of the refusal. */
  remedy?(action: string, resource: string, conditions?: Conditions): string | undefined;
}

/** Values of IAM's condition keys. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

/** The text of a refusal, in AWS's words, with what to do about it where the caller knows. */
export function refusalText(caller: Caller, action: string, resource: string, conditions?: Conditions): string {
  const remedy = caller.remedy?.(action, resource, conditions);
  // S3 alone puts quotes around it.
  const named = action.startsWith('s3:') ? `"${resource}"` : resource;
  return (
    `User: ${caller.name} is not authorized to perform: ${action} on resource: ${named} ` +
    `because no identity-based policy allows the ${action} action${remedy ? `. ${remedy}` : ''}`
  );
}

export interface Engine {
  handle(request: EngineRequest, caller: Caller): Promise<EngineResponse>;
}

/** The owner of the laptop: may do everything. Functions never run as this caller. */
export const owner: Caller = { name: 'owner', allows: () => true };
