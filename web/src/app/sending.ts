/** How a certification that waits on the device gets to moim, exactly once: for the pages and the worker. */
import type { Api } from '../../../client/api.ts';
import { ProblemError } from '../../../client/problem-error.ts';
import { today } from './days.ts';
import { isOpen } from './problem.ts';

export interface Shot {
  readonly blob: Blob;
  /** The upload that holds it, once the bucket has taken it. */
  readonly uploadId?: string;
}

/** A certification that waits on this device, or did until just now. */
export interface Waiting {
  readonly id: string;
  /** It is sent and shown for this account alone. */
  readonly accountId: string;
  readonly groupId: string;
  readonly groupTitle: string;
  readonly missionId: string;
  /** The zone of the group: its days are meant. */
  readonly timeZone: string;
  /** When its days begin, `HH:mm`. */
  readonly dayStart?: string;
  /** When the person pressed the button, by the clock of the device. It says which day it is for. */
  readonly occurredAt: string;
  /** The clock of the device is wrong: it is for the day on which moim gets it. */
  readonly asNow?: true;
  readonly locale: 'ko' | 'en';
  readonly text: string;
  readonly link?: string;
  /** The items of a checklist that are done, by their place. The photos are theirs, in their order. */
  readonly checked?: readonly number[];
  /** A missed day that it makes up for. */
  readonly makeUpFor?: string;
  readonly shots: readonly Shot[];
  /** The Idempotency-Key: the same for every try, from whatever tab, also after a restart. */
  readonly key: string;
  readonly state: 'SENDING' | 'SENT' | 'REFUSED';
  /** It has left once, and nobody knows what became of it. */
  readonly isTried?: true;
  readonly refusal?: Refusal;
  /** Of one that was sent. */
  readonly status?: 'WAITING' | 'APPROVED';
  readonly sentAt?: string;
  /** The person has been told. */
  readonly isTold?: true;
}

export interface Refusal {
  /** The problem of moim; LATE: it could not be sent within 12 hours. */
  readonly code: string;
  /** The sentence of moim, in the language that the person had. */
  readonly text?: string;
}

/** What sending needs: the pages and the worker have their own. */
export interface Ways {
  readonly api: Pick<Api, 'files' | 'certifications'>;
  /** Puts a file into the bucket. Throws NoAnswerError if it did not take it. */
  readonly upload: (form: Awaited<ReturnType<Api['files']['allowUpload']>>, blob: Blob, at: number) => Promise<void>;
  /** Keeps a new state on the device. */
  readonly note: (entry: Waiting) => Promise<void>;
}

/** Row 155: what is older than this is not sent by itself, and moim takes it for its day no longer. */
const lastsMs = 12 * 3_600_000;

/** Milliseconds: pressed so lately by its own clock, an instant that moim refuses shows that this clock is wrong. */
const latelyMs = 3_600_000;

const ageOf = ({ occurredAt }: Waiting) => Date.now() - Date.parse(occurredAt);

/** One for a day that was missed names that day: moim counts from it. */
const isTooOld = (entry: Waiting): boolean => !entry.makeUpFor && ageOf(entry) > lastsMs;

/** Whether moim refuses the instant: it lies ahead of its clock, or too far behind. */
const isOfTime = (error: unknown): boolean =>
  error instanceof ProblemError && error.errors.some(({ pointer }) => pointer === '/occurredAt');

/** Seconds: a refusal that passes sooner is waited for. */
const patience = 60;

/** Whether moim has decided, and would say the same again. */
function isRefusal(error: unknown): error is ProblemError {
  if (!(error instanceof ProblemError) || isOpen(error) || error.status === 401) return false;
  return error.status !== 429 || (error.retryAfter ?? 0) > patience;
}

const done = (entry: Waiting, status: Waiting['status'], now: Date): Waiting => ({
  ...entry,
  state: 'SENT',
  // The photos are where they belong.
  shots: [],
  status: status ?? 'WAITING',
  sentAt: now.toISOString(),
});

/**
 * Tries to send.
 *
 * @returns it as SENT or REFUSED
 * @throws whatever leaves open what became of it, or passes: no network, 503, signed out. Try again with the same entry
 */
export async function send(entry: Waiting, ways: Ways): Promise<Waiting> {
  if (isTooOld(entry)) return late(entry, ways);
  // As it is by then: a call that is refused may have been repeated, and its first answer lost.
  let now = entry;
  const note = (next: Waiting) => {
    now = next;
    return ways.note(next);
  };
  try {
    return await submitted(entry, { ...ways, note });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // The key came with other uploads before: that first request was carried out, and its answer was lost.
    if (error.code === 'IDEMPOTENCY_KEY_REUSED') return done(now, undefined, new Date());
    const text = error.errors[0]?.reason ?? error.message;
    if (isOfTime(error)) return late(now, ways, text);
    return { ...now, state: 'REFUSED', refusal: { code: error.code, text } };
  }
}

/** Uploads what is not there yet, and submits. An upload that is too old, or was used up, is made anew, once. */
async function submitted(entry: Waiting, ways: Ways, isAgain = false): Promise<Waiting> {
  const { api, note } = ways;
  const ready = await withUploads(entry, ways);
  // The device may have slept over its uploads.
  if (isTooOld(ready)) return late(ready, ways);
  const { groupId, missionId, text, link, checked, makeUpFor, shots, key, occurredAt, asNow } = ready;
  const leaving: Waiting = { ...ready, isTried: true };
  await note(leaving);
  try {
    const { status } = await api.certifications.submitCertification({
      params: { groupId, missionId },
      body: {
        ...{ text, uploadIds: shots.map(({ uploadId }) => uploadId!) },
        ...(link ? { link } : {}),
        ...(checked ? { checked: [...checked] } : {}),
        ...(makeUpFor ? { makeUpFor } : asNow ? {} : { occurredAt }),
      },
      idempotencyKey: key,
    });
    return done(leaving, status === 'APPROVED' ? status : 'WAITING', new Date());
  } catch (error) {
    if (isOfTime(error) && ageOf(leaving) < latelyMs)
      return submitted({ ...leaving, asNow: true, key: crypto.randomUUID() }, ways, isAgain);
    const wasKept = entry.shots.some(({ uploadId }) => uploadId !== undefined);
    if (!(error instanceof ProblemError && error.code === 'UPLOAD_INVALID') || !wasKept || isAgain) throw error;
    return submitted({ ...leaving, shots: leaving.shots.map(({ blob }) => ({ blob })) }, ways, true);
  }
}

async function withUploads(entry: Waiting, { api, upload, note }: Ways): Promise<Waiting> {
  let ready = entry;
  for (const [at, { blob, uploadId }] of entry.shots.entries()) {
    if (uploadId) continue;
    const body = { type: 'image/jpeg', bytes: blob.size } as const;
    const form = await api.files.allowUpload({ params: { groupId: entry.groupId }, body });
    await upload(form, blob, at);
    ready = { ...ready, shots: ready.shots.map((each, n) => (n === at ? { ...each, uploadId: form.uploadId } : each)) };
    await note(ready);
  }
  return ready;
}

/** moim takes it no more: it may have arrived all the same, if a try was not answered. Else the person decides. */
async function late(entry: Waiting, { api }: Ways, text?: string): Promise<Waiting> {
  const { groupId, missionId, occurredAt, timeZone, dayStart, makeUpFor, isTried } = entry;
  if (isTried) {
    const { items } = await api.certifications.listCertifications({
      params: { groupId },
      query: { author: 'me', limit: 10 },
    });
    const day = makeUpFor ?? today(timeZone, new Date(occurredAt), dayStart);
    const there = items.find(
      (each) => each.missionId === missionId && each.day === day && each.createdAt >= occurredAt,
    );
    if (there) return done(entry, there.status === 'APPROVED' ? 'APPROVED' : 'WAITING', new Date());
  }
  return { ...entry, state: 'REFUSED', refusal: { code: 'LATE', ...(text ? { text } : {}) } };
}

/** All in the outbox of the device, whoever it belongs to, oldest first. */
export const inOrder = (entries: readonly Waiting[]): Waiting[] =>
  entries.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt));
