/** CloudFront Functions on the laptop: a request's way through one, in the runtime cloudfront-js-2.0. */
import crypto from 'node:crypto';
import { createContext, Script } from 'node:vm';

interface Value {
  readonly value: string;
}
export interface EdgeRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Readonly<Record<string, Value>>;
  readonly headers: Readonly<Record<string, Value>>;
}
/** The request goes on as the function gives it back, or ends here with an answer. */
export type EdgeOutcome =
  | EdgeRequest
  | {
      readonly statusCode: number;
      readonly statusDescription?: string;
      readonly headers?: Readonly<Record<string, Value>>;
    };

export type EdgeFunction = (request: EdgeRequest, ip: string) => EdgeOutcome;

/** Only this module is there (and `cloudfront`, which no function of ours uses). */
const imported = /^import crypto from 'crypto';$/m;

/**
 * @param code of the function, with secrets filled in
 * @param now milliseconds since 1970: the function's clock
 * @throws Error where the code is none, or asks for another module
 */
export function edgeFunction(code: string, now: () => number): EdgeFunction {
  const { createHmac } = crypto;
  const sandbox = createContext({ crypto: { createHmac }, Date: { now } });
  new Script(code.replace(imported, '')).runInContext(sandbox);
  const handler = sandbox.handler as ((event: object) => EdgeOutcome) | undefined;
  if (typeof handler !== 'function') throw new Error('a function at the edge has no handler');
  return (request, ip) => handler({ version: '1.0', viewer: { ip }, request: structuredClone(request) });
}
