/** Row 4: which passwords are refused, and why. */

import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf, fillIn } from '../../../shared/messages/text.ts';
import { commonPasswords } from '../../../shared/product/common-passwords.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { baseWords } from './base-words.ts';

/** The reasons for which a password is refused: names of texts in the catalog. */
export type PasswordFault =
  | 'shortest'
  | 'longest'
  | 'passwordCharacters'
  | 'passwordLetter'
  | 'passwordDigit'
  | 'passwordSpecial'
  | 'passwordCommon'
  | 'passwordOwn'
  | 'passwordSame';

/** The parts of an account that its password must not contain. */
export interface Own {
  readonly email: string;
  readonly nickname: string;
  readonly loginId?: string | undefined;
}

/**
 * Checks a new password, and says everything that is wrong with it.
 *
 * @param current the password that it replaces, where the person has shown that
 * @throws Problem PASSWORD_REFUSED, with a reason for each fault
 */
export function requireAllowed(password: string, own: Own, locale: Locale, current?: string): void {
  const faults = password === current ? (['passwordSame'] as const) : passwordFaults(password, own);
  if (faults.length === 0) return;
  const { fields } = catalogOf(locale);
  const { min, max } = limits.password;
  const values = (fault: PasswordFault) => ({ count: String(fault === 'shortest' ? min : max) });
  const errors = faults.map((fault) => ({ pointer: '/password', reason: fillIn(fields[fault], values(fault)) }));
  throw new Problem('PASSWORD_REFUSED', { errors });
}

/**
 * Everything that is wrong with a password; nothing if it is allowed. It has 8-64 printable ASCII characters without space,
 * with a letter, a digit and a special character. It is not a common one, and does not contain the nickname, the login id
 * or the local part of the address, where those are long enough to mean anything.
 */
export function passwordFaults(password: string, own: Own): PasswordFault[] {
  const { min, max } = limits.password;
  const lower = password.toLowerCase();
  const personal = [own.email, own.email.replace(/@.*$/, ''), own.nickname.toLowerCase(), own.loginId ?? ''];
  const faults: readonly (readonly [PasswordFault, boolean])[] = [
    ['shortest', password.length < min],
    ['longest', password.length > max],
    ['passwordCharacters', !/^[\x21-\x7e]*$/.test(password)],
    ['passwordLetter', !/[a-z]/i.test(password)],
    ['passwordDigit', !/\d/.test(password)],
    ['passwordSpecial', !/[\x21-\x7e]/.test(password.replace(/[a-z\d]/gi, ''))],
    ['passwordOwn', personal.some((part) => part.length >= 3 && lower.includes(part))],
    // A password that is too short is not judged by its parts.
    ['passwordCommon', password.length >= min && isCommon(lower)],
  ];
  return faults.flatMap(([fault, holds]) => (holds ? [fault] : []));
}

/** Characters that people write in place of a letter. */
const lookalikes: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** With fewer different characters than this, a password is a repetition. */
const fewestDifferent = 5;
/** Neighbouring keys in a row from which on they are a walk; and characters that a password needs beside its walks. */
const shortestWalk = 3;
const besideWalks = 3;

/**
 * Whether a password is common in disguise. People start from a word, a walk over the keyboard or a repetition, and add what
 * the rule asks for: `P@ssw0rd1!`, `zaq1@WSX`, `moimmoim1!`. So the decoration is taken off before the lists are asked.
 */
function isCommon(lower: string): boolean {
  if (new Set(lower).size < fewestDifferent) return true;
  if (isWalk(lower) || isWalk(unshifted(lower))) return true;
  const core = lower.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const asked = lower.replace(/[^a-z]*$/, '').replace(/^[^a-z@$]+/, '');
  const spelt = (text: string) => text.replace(/[^a-z]/g, (character) => lookalikes[character] ?? character);
  const letters = lower.replace(/[^a-z]/g, '');
  const forms = [lower, lower.replace(/[^a-z\d]/g, ''), core, asked, spelt(core), spelt(asked), letters];
  return forms
    .flatMap((form) => [form, repeatedIn(form)])
    .some((form) => form !== '' && (commonPasswords().has(form) || baseWords.has(form)));
}

/** The part that a text repeats; the text itself if it repeats none. */
const repeatedIn = (text: string) => /^(.+?)\1+$/.exec(text)?.[1] ?? text;

/** The rows of a keyboard, each with the place of its first key, in widths of a key. */
const rows: readonly (readonly [keys: string, from: number])[] = [
  ['`1234567890-=', 0],
  ['qwertyuiop[]\\', 1.5],
  ["asdfghjkl;'", 1.75],
  ['zxcvbnm,./', 2.25],
];
const shifted = '~!@#$%^&*()_+{}|:"<>?';
const plain = "`1234567890-=[]\\;',./";

/** A text as it is typed without the shift key. */
const unshifted = (text: string) =>
  text.replace(/[^a-z\d]/g, (character) => plain[shifted.indexOf(character)] ?? character);

function placeOf(character: string): readonly [x: number, y: number] | undefined {
  const y = rows.findIndex(([keys]) => keys.includes(character));
  return y < 0 ? undefined : [rows[y]![1] + rows[y]![0].indexOf(character), y];
}

/** Whether one character follows another by habit: the same or a neighbouring key, or the next letter or digit. */
function isStep(a: string, b: string): boolean {
  const [from, to] = [placeOf(a), placeOf(b)];
  const isNear = from && to && Math.abs(from[0] - to[0]) <= 1 && Math.abs(from[1] - to[1]) <= 1;
  const isNext = /^([a-z]{2}|\d{2})$/.test(a + b) && Math.abs(a.charCodeAt(0) - b.charCodeAt(0)) === 1;
  return isNear || isNext;
}

/** Whether nearly all of a text is walks over the keyboard, the alphabet or the digits. */
function isWalk(text: string): boolean {
  let covered = 0;
  for (let from = 0, to = 1; from < text.length; from = to++) {
    while (to < text.length && isStep(text[to - 1]!, text[to]!)) to++;
    if (to - from >= shortestWalk) covered += to - from;
  }
  return text.length - covered < besideWalks;
}
