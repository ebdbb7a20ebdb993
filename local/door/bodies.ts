/** What the door's requests may say, checked before anything is done. */
import { z } from 'zod';
import { entities } from '../../shared/data/registry.ts';
import { type Aim, operations } from './aims.ts';
import { type Fault, faultKinds, powerKinds } from './faults.ts';
import { isPlace } from './place.ts';

/** A request that is refused, with a sentence that says what to change. */
export class DoorRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Milliseconds since 1970 of an ISO 8601 instant. */
const instant = z.iso
  .datetime({ offset: true, error: 'give an instant with its zone, such as "2026-12-01T00:00:00Z"' })
  .transform((text) => Date.parse(text));

const units = [86_400_000, 3_600_000, 60_000, 1_000];
/** Milliseconds of an ISO 8601 duration in days, hours, minutes and seconds. */
const duration = z
  .string()
  .regex(/^P(?=\d|T\d)(\d{1,3}D)?(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,9}S)?)?$/, {
    error: 'give a duration such as "PT1H", "P3D" or "P1DT30M"',
  })
  .transform((text) =>
    ['D', 'H', 'M', 'S'].reduce((sum, unit, i) => sum + Number(text.match(`(\\d+)${unit}`)?.[1] ?? 0) * units[i]!, 0),
  );

export const clockBody = z
  .strictObject({
    ...{ at: instant.optional(), by: duration.optional() },
    ...{ jump: z.boolean().default(false), settle: z.boolean().default(false) },
  })
  .refine(({ at, by }) => (at === undefined) !== (by === undefined), { error: 'give either "at" or "by"' });

export const jobBody = z.strictObject({ feature: z.string(), job: z.string(), at: instant.optional() });

export const streamsBody = z.strictObject({
  redeliver: z.int().min(1).max(100_000),
  shuffle: z.boolean().default(false),
});

export const placeBody = z.strictObject({
  ip: z.string().refine(isPlace, { error: 'give an IPv4 or IPv6 address, such as "203.0.113.7"' }),
});

const aim = {
  engine: z.enum(['table', 'bucket', 'mail', 'secrets']).default('table'),
  operation: z.string().optional(),
  entity: z.string().optional(),
  contains: z.string().min(1).optional(),
  nth: z.int().min(1).default(1),
};

const oneOf = (what: string, given: string, known: readonly string[]) => {
  if (!known.includes(given)) throw new DoorRefusal(400, `${what}: "${given}" is none of ${known.join(', ')}`);
};

/** Refuses names that no request will ever have: such a fault would wait for ever. */
function checkAim({ engine, operation, entity }: Pick<Aim, 'engine' | 'operation' | 'entity'>): void {
  if (operation !== undefined) oneOf(`operation of ${engine}`, operation, operations[engine]);
  if (entity === undefined) return;
  if (engine !== 'table') throw new DoorRefusal(400, 'entity: only the table has kinds of items');
  oneOf('entity', entity, Object.keys(entities));
}

const faultBody = z.strictObject({ ...aim, kind: z.string(), times: z.int().min(1).default(1) });
const powerBody = z.strictObject({ ...aim, when: z.enum(['before', 'after']).default('before') });

/** @throws DoorRefusal that names the part of the body to change */
export function readBody<Body extends z.ZodType>(body: Body, sent: Buffer): z.infer<Body> {
  let value: unknown;
  try {
    value = JSON.parse(sent.toString('utf8'));
  } catch {
    throw new DoorRefusal(400, 'the body is not JSON');
  }
  const { success, data, error } = body.safeParse(value);
  if (success) return data;
  const problems = error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new DoorRefusal(400, problems.join('; '));
}

export function readFault(sent: Buffer): Fault {
  const fault = readBody(faultBody, sent);
  checkAim(fault);
  oneOf(`kind of ${fault.engine}`, fault.kind, faultKinds[fault.engine]);
  return fault;
}

export function readPower(sent: Buffer): Fault {
  const { when, ...rest } = readBody(powerBody, sent);
  checkAim(rest);
  return { ...rest, kind: powerKinds[when], times: 1 };
}
