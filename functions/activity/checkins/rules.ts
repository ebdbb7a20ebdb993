/** Row 156: the codes of a meeting, and whether one is taken. */
import { iso, minuteMs, startOfDay } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { codeOf, stepMs, stepOf } from '../../../shared/product/totp.ts';
import type { Times } from '../attendance/rules.ts';

/** The instants between which a meeting shows codes: milliseconds since 1970. */
export interface Window {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** From a quarter of an hour before the start to the end of the grace, within the day of the meeting and before its closing. */
export const windowOf = ({ startsAt, lateFrom, closesAt }: Times, day: string, timeZone: string): Window => ({
  opensAt: Math.max(startsAt - limits.checkIn.opensMinutes * minuteMs, startOfDay(day, timeZone)),
  closesAt: Math.min(lateFrom, closesAt),
});

/** The first and the last time step of which any moment is within the window. */
const stepsOf = ({ opensAt, closesAt }: Window) => ({
  first: Math.floor(opensAt / stepMs),
  last: Math.ceil(closesAt / stepMs) - 1,
});

/**
 * The codes from now on, of ten minutes at most. To know them early is no help: each is taken in its own time alone. Who is shown
 * them may decide on attendance anyway, and who may no more has none for longer than those minutes.
 *
 * @param now milliseconds since 1970
 * @returns none before the window opens and after it closes
 */
export function codesFrom(secret: string, window: Window, now: number) {
  const { first, last } = stepsOf(window);
  const from = Math.floor(now / stepMs);
  const until = Math.min(last, from + (limits.checkIn.shownMinutes * minuteMs) / stepMs - 1);
  const count = from < first ? 0 : Math.max(0, until - from + 1);
  return Array.from({ length: count }, (_, at) => ({
    code: codeOf(secret, from + at),
    until: iso((from + at + 1) * stepMs),
  }));
}

/** Whether any code can be taken: from the opening on, and one step after the last code for those who type slowly. */
export const isOpen = (window: Window, now: number): boolean =>
  now >= window.opensAt && Math.floor(now / stepMs) <= stepsOf(window).last + limits.totp.stepsAround;

/** Whether a code is one that the meeting shows, at its time or one step off. */
export function isTaken(secret: string, code: string, window: Window, now: number): boolean {
  const step = stepOf(secret, code, now);
  const { first, last } = stepsOf(window);
  return isOpen(window, now) && step !== undefined && step >= first && step <= last;
}

/** Degrees of WGS 84. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

const { decimals } = limits.checkIn;
const rounded = (degrees: number) => Number(degrees.toFixed(decimals));

/** A position as far as moim wants to know it. */
export const roughly = ({ latitude, longitude }: Position): Position => ({
  latitude: rounded(latitude),
  longitude: rounded(longitude),
});

const earthMetres = 6_371_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The metres between two positions on a sphere (haversine). A sphere is wrong by 0.5 % at most: less than a metre here. */
export function metresBetween(a: Position, b: Position): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const { cos, asin, sqrt, min } = Math;
  const part =
    half(a.latitude, b.latitude) + cos(radians(a.latitude)) * cos(radians(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * earthMetres * asin(sqrt(min(1, part)));
}

/** Whether a member is at the place of a meeting, as far as two rounded positions can tell. */
export const isAt = (member: Position, place: Position): boolean =>
  metresBetween(roughly(member), roughly(place)) <= limits.checkIn.metres;
