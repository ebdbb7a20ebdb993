/** The tokens that make TransactWriteItems idempotent. */

import { createHash } from 'node:crypto';
import type { Clock } from '../../../shared/core/clock.ts';
import { TableError } from './errors.ts';

/** Milliseconds: AWS remembers a token for ten minutes. */
export const TOKEN_LIFETIME = 10 * 60_000;

export interface Token {
  token: string;
  /** When the transaction was committed, in milliseconds since 1970. */
  time: number;
  /** A digest of the request's parameters. */
  digest: string;
}

export interface Tokens {
  /**
   * Whether this request was committed before.
   *
   * @throws TableError IdempotentParameterMismatchException if its token came with other parameters
   */
  seen(token: Token): boolean;
  add(token: Token): void;
}

export function createTokens(clock: Clock): Tokens {
  const known = new Map<string, Token>();
  const expired = (token: Token) => token.time <= clock.now() - TOKEN_LIFETIME;
  return {
    seen({ token, digest }) {
      const earlier = known.get(token);
      if (!earlier || expired(earlier)) return false;
      if (earlier.digest === digest) return true;
      throw new TableError(
        'IdempotentParameterMismatchException',
        'The transaction was retried with the same client token but with different parameters',
      );
    },
    add(token) {
      // The map keeps the order of insertion: the oldest tokens come first.
      for (const [text, earlier] of known) {
        if (!expired(earlier)) break;
        known.delete(text);
      }
      known.delete(token.token);
      known.set(token.token, token);
    },
  };
}

/** Two requests with the same digest ask for the same thing. */
export function digestOf(parameters: unknown): string {
  return createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
}
