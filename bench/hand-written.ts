/** The smallest hand-written code for the same work as moim's, as a baseline. The product does not use it. */
import { type KeyObject, randomUUID, verify } from 'node:crypto';

/** The items of a new group, without any rule. */
export function founded(body: Readonly<Record<string, unknown>>, accountId: string) {
  const groupId = randomUUID();
  const createdAt = new Date().toISOString();
  const pk = `GROUP#${groupId}`;
  const { title, frequency, startDate, endDate } = body;
  return {
    group: {
      pk,
      sk: 'GROUP',
      gsi1pk: 'GROUPS#CHALLENGE',
      gsi1sk: `${createdAt}#${groupId}`,
      type: 'Group',
      ...body,
      groupId,
      memberCount: 1,
      leaderId: accountId,
      createdAt,
    },
    member: {
      pk,
      sk: `MEMBER#${accountId}`,
      gsi1pk: `ACCOUNT#${accountId}#GROUPS`,
      gsi1sk: `${createdAt}#${groupId}`,
      type: 'Membership',
      groupId,
      accountId,
      role: 'LEADER',
      state: 'ACTIVE',
      joinedAt: createdAt,
    },
    mission: {
      pk,
      sk: `MISSION#${randomUUID()}`,
      type: 'Mission',
      groupId,
      title,
      frequency,
      startDate,
      endDate,
      createdAt,
    },
  };
}

/** Verifies an EdDSA token with node:crypto alone. */
export function readsToken(token: string, key: KeyObject): unknown {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const text = Buffer.from(`${head}.${payload}`);
  if (!verify(null, text, key, Buffer.from(signature, 'base64url'))) throw new Error('forged');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (claims.exp * 1000 <= Date.now() || claims.iss !== 'moim' || claims.aud !== 'moim-api')
    throw new Error('not ours');
  return claims;
}

const isText = (value: unknown, most: number) => typeof value === 'string' && value.trim().length <= most;
const isDay = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

/** Validates the body of a new group, without saying what is wrong. */
export function validByHand(body: Readonly<Record<string, unknown>>): boolean {
  const { title, description, promise, certificationRule, capacity, startDate, endDate, timeZone } = body;
  return (
    isText(title, 50) &&
    isText(description, 1000) &&
    isText(promise, 100) &&
    isText(certificationRule, 100) &&
    Number.isInteger(capacity) &&
    (capacity as number) >= 2 &&
    (capacity as number) <= 50 &&
    isDay(startDate) &&
    isDay(endDate) &&
    typeof timeZone === 'string'
  );
}

/** A log line without redaction. */
export const plainLine = (fields: object, write: (line: string) => void) =>
  write(JSON.stringify({ level: 'INFO', at: new Date().toISOString(), ...fields, message: 'answered' }));
