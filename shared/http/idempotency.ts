import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { fingerprint } from '../core/ids.ts';
import { ttl } from '../core/time.ts';
import { atMost } from '../data/conditions.ts';
import type { IdempotencyItem } from '../data/items.ts';
import type { Rider, Table } from '../data/table.ts';
import { create } from '../data/writes.ts';
import { limits } from '../product/limits.ts';
import { Problem } from '../product/problems.ts';
import type { StoredAnswer } from './exchange.ts';

/** Carries the answer that an earlier, equal request got. The pipeline catches it and answers the same again. */
export class Repetition extends Error {
  readonly stored: StoredAnswer;
  constructor(stored: StoredAnswer) {
    super('answered before');
    this.stored = stored;
  }
}

export interface Idempotency {
  readonly rider: Rider;
  /**
   * Call this after a refusal: was the same request carried out before, and is that the reason for the refusal?
   *
   * @throws Repetition with the first answer; Problem IDEMPOTENCY_KEY_REUSED if the key came with another request
   */
  recall(table: Table): Promise<void>;
}

/**
 * Safe retries (row 122) without a lock and without an extra call. The answer is stored in the same transaction as the
 * work, under a condition that only the first request meets. Two equal requests at the same time therefore cannot both
 * happen, and a crash leaves either nothing, or the work with its answer.
 *
 * The answer is encrypted with a key that only the sender knows (derived from its Idempotency-Key and the request),
 * because answers may contain tokens.
 *
 * @param scope the owner of the key: an account, or `guest`
 * @param key the Idempotency-Key
 * @param request everything that must be equal: route, path, query and body
 * @param status the status of the answer, stored with it
 * @param now milliseconds since 1970; the answer is kept for `limits.idempotencySeconds`
 */
export function idempotencyOf(scope: string, key: string, request: string, status: number, now: number): Idempotency {
  const print = createHmac('sha256', key).update(`print:${request}`).digest('base64url');
  const secret = Buffer.from(hkdfSync('sha256', key, '', `seal:${print}`, 32));
  const hash = fingerprint(scope, key);

  const open = (item: IdempotencyItem): StoredAnswer => {
    const bytes = Buffer.from(item.sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString());
  };
  const judge = (item: IdempotencyItem): never => {
    if (item.print !== print) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    throw new Repetition(open(item));
  };

  return {
    rider: {
      write(answer) {
        const stored: StoredAnswer = { status, answer: answer as StoredAnswer['answer'] };
        const iv = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', secret, iv);
        const text = Buffer.concat([cipher.update(JSON.stringify(stored)), cipher.final()]);
        const sealed = Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
        const expiresAt = ttl(now) + limits.idempotencySeconds;
        return create('Idempotency', { hash, print, sealed }, { expiresAt, orWhen: atMost('expiresAt', ttl(now)) });
      },
      refused(old, conflict) {
        if (conflict || !old) throw new Problem('IDEMPOTENCY_IN_FLIGHT', { retryAfter: 1 });
        return judge(old as unknown as IdempotencyItem);
      },
    },
    async recall(table) {
      const item = await table.get('Idempotency', { hash });
      if (item && item.expiresAt > now / 1000) judge(item);
    },
  };
}
