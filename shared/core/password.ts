import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane; about 19 ms on one vCPU. */
const current = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;
const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Hashes a password into a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. The salt is new each time. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: password, nonce, tagLength, ...current });
  return `$argon2id$v=19$m=${current.memory},t=${current.passes},p=${current.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/**
 * The hash of no password. It is verified if there is no account, so that the answer takes equally long in both cases.
 */
const nobody = `$argon2id$v=19$m=${current.memory},t=${current.passes},p=${current.parallelism}$${unpadded(Buffer.alloc(16))}$${unpadded(Buffer.alloc(tagLength))}`;

/**
 * Whether a password matches a hash. Takes the same time if there is no hash.
 *
 * @param phc the stored PHC string, or undefined if no account was found
 * @throws Error if the stored string was not written by `hashPassword`
 */
export async function verifyPassword(password: string, phc: string | undefined): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc ?? nobody);
  if (!parts) throw new Error('the stored password hash is broken');
  const [, memory, passes, parallelism, salt = '', hash = ''] = parts;
  const stored = Buffer.from(hash, 'base64');
  const tag = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    tagLength: stored.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(tag, stored) && phc !== undefined;
}

/** Whether a hash was made with other parameters than the current ones. Replace it at the next successful sign-in. */
export const needsRehash = (phc: string) =>
  !phc.startsWith(`$argon2id$v=19$m=${current.memory},t=${current.passes},p=${current.parallelism}$`);
