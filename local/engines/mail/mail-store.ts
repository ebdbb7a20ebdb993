import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Mail {
  readonly id: string;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly from: string;
  /** All recipients, copies included, as bare addresses. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The headers of a raw message by their names in small letters, decoded. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The configuration set that the mail was sent through. */
  readonly configurationSet?: string;
  /** Tags that the sender wants to see in reports. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The number of newest mails that are kept; a laptop's box needs no more. */
const maxMails = 1000;

type Predicate = (mail: Mail) => boolean;

export interface MailStore {
  add(mail: Mail): void;
  list(filter?: { readonly to?: string }): Mail[];
  next(to: string, predicate?: Predicate): Promise<Mail>;
}

function readLine(line: string, number: number, file: string): Mail {
  try {
    const mail = JSON.parse(line) as Partial<Mail>;
    if (typeof mail.id === 'string' && typeof mail.at === 'number' && Array.isArray(mail.to)) return mail as Mail;
  } catch {
    // The error below names the line.
  }
  throw new Error(
    `The mail file ${file} is broken: line ${number} is not a mail. Correct the line, or delete the file.`,
  );
}

function load(file: string): Mail[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  // A killed process may leave an unfinished line. The sender of that mail got no answer.
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) truncateSync(file, whole);
  const lines = bytes.toString('utf8', 0, whole).split('\n').slice(0, -1);
  return lines.map((line, index) => readLine(line, index + 1, file));
}

/**
 * Stores mails in memory, and with `folder` also in `mails.jsonl` there.
 *
 * @throws Error that names file and line if that file is broken
 */
export function createMailStore(folder?: string): MailStore {
  const file = folder === undefined ? undefined : join(folder, 'mails.jsonl');
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const loaded = file === undefined ? [] : load(file);
  let lines = loaded.length;
  const mails = loaded.slice(-maxMails);
  // Nobody waits for mails of an earlier run: they count as read.
  const read = new Set(mails.map((mail) => mail.id));
  const waiting = new Set<{ matches: Predicate; resolve: (mail: Mail) => void }>();

  function write(mail: Mail): void {
    if (file === undefined) return;
    appendFileSync(file, `${JSON.stringify(mail)}\n`);
    lines += 1;
    if (lines < 2 * maxMails) return;
    // The file is rewritten only now and then, so that the limit costs next to nothing for each mail.
    writeFileSync(`${file}.tmp`, mails.map((kept) => `${JSON.stringify(kept)}\n`).join(''));
    renameSync(`${file}.tmp`, file);
    lines = mails.length;
  }

  return {
    add(mail) {
      mails.push(mail);
      for (const dropped of mails.splice(0, Math.max(0, mails.length - maxMails))) read.delete(dropped.id);
      write(mail);
      for (const waiter of waiting) {
        if (!waiter.matches(mail)) continue;
        waiting.delete(waiter);
        read.add(mail.id);
        waiter.resolve(mail);
        return;
      }
    },
    list(filter = {}) {
      const to = filter.to?.toLowerCase();
      const found = to === undefined ? mails : mails.filter((mail) => mail.to.some((a) => a.toLowerCase() === to));
      return found.toReversed();
    },
    next(to, predicate = () => true) {
      const address = to.toLowerCase();
      const matches = (mail: Mail) => mail.to.some((a) => a.toLowerCase() === address) && predicate(mail);
      const unread = mails.find((mail) => !read.has(mail.id) && matches(mail));
      if (!unread) return new Promise((resolve) => waiting.add({ matches, resolve }));
      read.add(unread.id);
      return Promise.resolve(unread);
    },
  };
}
