import pino from 'pino';
import type { Platform } from '../core/platform.ts';

const secretNames = /password|secret|token|ticket|code$|authorization|cookie|email|credential/i;
// The local part of an address has at most 64 characters. The bound keeps the match linear: without it, a long text
// without an address would cost the square of its length.
const address = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;
/** No log line of moim nests deeper. Without a limit, an object that contains itself would never end. */
const depthLimit = 8;

/** Removes secrets and mail addresses from a value before it is logged, in all fields and texts, at any depth. */
export function redact(value: unknown, name = '', depth = 0): unknown {
  if (typeof value === 'string') return secretNames.test(name) ? '[redacted]' : value.replace(address, '[address]');
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Error) return { name: value.name, message: redact(value.message), stack: redact(value.stack) };
  if (secretNames.test(name) || depth === depthLimit) return '[redacted]';
  if (Array.isArray(value)) return value.map((each) => redact(each, name, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(address, '[address]'), redact(each, key, depth + 1)]),
  );
}

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * A structured logger: one redacted JSON line for each call, written to the platform.
 *
 * @example log.info({ route, status }, 'answered')
 */
export function logOf(platform: Platform): Log {
  return pino(
    {
      base: null,
      level: platform.environment.LOG_LEVEL ?? 'info',
      messageKey: 'message',
      timestamp: () => `,"at":"${new Date(platform.now()).toISOString()}"`,
      formatters: {
        level: (level) => ({ level: level.toUpperCase() }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
    },
    { write: (line) => platform.write(line.trimEnd()) },
  );
}

/**
 * Runs work whose failure the platform must see, so that it repeats or refuses. The error is logged here, redacted, and
 * thrown again without its text, because Lambda would print the text unredacted.
 */
export async function failingPlainly<T>(log: Log, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    log.error({ error }, 'failed');
    throw new Error('failed: the log line before this one has the error');
  }
}
