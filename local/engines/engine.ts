/**
 * The interface of all engines, which stand in for AWS services: a request, an answer, and a caller with rights. An
 * engine knows nothing about sockets, so the same engine serves HTTP (`npm start`) and calls in the same process
 * (tests).
 */

/** A request in the form of an AWS SDK: lower-case header names, and the path with its query string. */
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

/** The caller that the credentials of a request identify: the role of a function, or the owner of the laptop. */
export interface Caller {
  readonly name: string;
  /** Whether the caller's policies allow `action` on `resource` (an ARN) under these condition values. */
  allows(action: string, resource: string, conditions?: Conditions): boolean;
  /** Advice about an access that is not allowed, for the text of the refusal. */
  remedy?(action: string, resource: string, conditions?: Conditions): string | undefined;
}

/** Values of IAM's condition keys. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

/** The text of a refusal in AWS's words, followed by the caller's advice, if there is any. */
export function refusalText(caller: Caller, action: string, resource: string, conditions?: Conditions): string {
  const remedy = caller.remedy?.(action, resource, conditions);
  // Only S3 puts quotes around it.
  const named = action.startsWith('s3:') ? `"${resource}"` : resource;
  return (
    `User: ${caller.name} is not authorized to perform: ${action} on resource: ${named} ` +
    `because no identity-based policy allows the ${action} action${remedy ? `. ${remedy}` : ''}`
  );
}

export interface Engine {
  handle(request: EngineRequest, caller: Caller): Promise<EngineResponse>;
}

/** The owner of the laptop, who may do everything. Functions never run as this caller. */
export const owner: Caller = { name: 'owner', allows: () => true };
