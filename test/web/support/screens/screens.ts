/** Every screen with the path that leads to it: a new screen is one line in the file of its area. */
import { account } from './account.ts';
import { administration } from './administration.ts';
import { attendance } from './attendance.ts';
import { finding } from './finding.ts';
import { group } from './group.ts';
import { leagues } from './leagues.ts';
import type { Look } from './look.ts';
import { managing } from './managing.ts';
import { messages } from './messages.ts';
import { polls } from './polls.ts';
import { posts } from './posts.ts';
import { records } from './records.ts';
import { talking } from './talking.ts';

export const screens: readonly Look[] = [
  ...account,
  ...finding,
  ...group,
  ...managing,
  ...talking,
  ...posts,
  ...polls,
  ...records,
  ...attendance,
  ...messages,
  ...leagues,
  ...administration,
];
