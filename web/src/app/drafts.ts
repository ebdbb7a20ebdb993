/** What a person has begun to write, kept on the device until it is sent. Signing out forgets it. */

export type Draft = Readonly<Record<string, string>>;
const prefix = 'draft ';

/** What the device has no room for: it lasts as long as the page. */
const unkept = new Map<string, Draft>();

/** @param name what it is for: `post {groupId}`, `message {accountId}`, `room {roomId}`, `comment {subject}` */
export function draftOf(name: string): Draft {
  try {
    return unkept.get(name) ?? (JSON.parse(localStorage.getItem(prefix + name) ?? '{}') as Draft);
  } catch {
    return {};
  }
}

/**
 * Keeps what was written. A draft without words is none.
 *
 * @param words what the person has written
 * @param along what was chosen for it: it is sent again as it was
 */
export function keepDraft(name: string, words: Draft, along: Draft = {}): void {
  if (Object.values(words).every((text) => text.trim() === '')) {
    dropDraft(name);
    return;
  }
  const draft = { ...words, ...along };
  try {
    localStorage.setItem(prefix + name, JSON.stringify(draft));
    unkept.delete(name);
  } catch {
    unkept.set(name, draft);
  }
}

/** The name of the keys that belong to a draft (`app/once.ts`): they go with it. */
export const keysOf = (name: string): string => `${name} keys`;

export function dropDraft(name: string): void {
  for (const each of [name, keysOf(name)]) {
    unkept.delete(each);
    localStorage.removeItem(prefix + each);
  }
}

export function forgetDrafts(): void {
  unkept.clear();
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
}
