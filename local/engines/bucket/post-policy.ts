import { S3Refusal } from './errors.ts';

type Fields = ReadonlyMap<string, string>;

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly unknown[];
}

function readPolicy(base64: string): Policy {
  const invalid = new S3Refusal(
    'InvalidPolicyDocument',
    'The content of the form does not meet the conditions: the policy cannot be read.',
  );
  let policy: Partial<Policy>;
  try {
    policy = JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as Partial<Policy>;
  } catch {
    throw invalid;
  }
  if (typeof policy?.expiration !== 'string' || !Array.isArray(policy.conditions)) throw invalid;
  return policy as Policy;
}

/** Converts both forms of a condition, `{ field: value }` and `[operator, '$field', value]`, to one. */
function readCondition(condition: unknown): [operator: string, name: string, value: unknown, to?: unknown] {
  if (Array.isArray(condition)) {
    const [operator, first, second] = condition as unknown[];
    const kind = String(operator).toLowerCase();
    if (kind === 'content-length-range') return [kind, '', first, second];
    return [kind, String(first).replace(/^\$/, '').toLowerCase(), second];
  }
  const [entry] = Object.entries((condition ?? {}) as Record<string, unknown>);
  return entry ? ['eq', entry[0].toLowerCase(), entry[1]] : ['', '', ''];
}

/**
 * Fields that need no condition. The bucket is not one of them: a policy without it would be valid for every bucket.
 */
const free = (name: string) => ['policy', 'x-amz-signature', 'file'].includes(name) || name.startsWith('x-ignore-');

const failed = (condition: unknown) =>
  new S3Refusal('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);

/** `content-length-range`, both ends included. */
function checkLength(size: number, from: unknown, to: unknown): void {
  if (size < Number(from))
    throw new S3Refusal('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: String(size),
      MinSizeAllowed: String(from),
    });
  if (size <= Number(to)) return;
  throw new S3Refusal('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: String(size),
    MaxSizeAllowed: String(to),
  });
}

/**
 * Checks a form against its signed policy: its expiry and every condition, and that the policy names every field.
 * `fields` have lower-case names, `key` with the file's name filled in, and `bucket` from the URL.
 *
 * @throws S3Refusal AccessDenied, EntityTooLarge, EntityTooSmall, InvalidPolicyDocument
 */
export function checkPolicy(base64: string, fields: Fields, size: number, now: number): void {
  const policy = readPolicy(base64);
  const expiration = Date.parse(policy.expiration);
  if (Number.isNaN(expiration))
    throw new S3Refusal('InvalidPolicyDocument', 'The expiration of the policy is no date.');
  if (expiration <= now) throw new S3Refusal('AccessDenied', 'Invalid according to Policy: Policy expired.');

  const conditions = policy.conditions.map((raw) => ({ raw, read: readCondition(raw) }));
  for (const { raw, read } of conditions) {
    const [operator, name, value] = read;
    const given = fields.get(name) ?? '';
    if (operator === 'content-length-range') continue;
    if (operator === 'eq' && given === String(value)) continue;
    if (operator === 'starts-with' && given.startsWith(String(value))) continue;
    throw failed(raw);
  }
  const named = new Set(conditions.map(({ read }) => read[1]));
  const extra = [...fields.keys()].filter((name) => !named.has(name) && !free(name));
  if (extra.length > 0)
    throw new S3Refusal('AccessDenied', `Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
  for (const { read } of conditions) if (read[0] === 'content-length-range') checkLength(size, read[2], read[3]);
}
