/**
 * Runs first, while the rest is on its way: asks for the files of the screen that the path names, for the session and for the
 * answers that the screen shows. Without it a phone learns of each by the one before, and waits for the network again each time.
 */
import { askFirst } from './app/asked.ts';
import { languageHere, roomBeside, themeHere } from './app/here.ts';
import { sentCode } from './app/sent-code.ts';
import { areas } from './messages/index.ts';
import { find, lists } from './routes.ts';

const names = FILES.split(' ');

/** In this bundle a part is the numbers of its files: `web/build.ts` puts them there. */
function ask(part: unknown): void {
  for (const at of part as readonly number[]) {
    const href = `/assets/${names[at]}.js`;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
}

/** What members open most, with what each screen asks first. `test/web/first-paint.test.ts` fails for a path that is not taken. */
const firstAnswers: Readonly<Record<string, readonly string[]>> = {
  '/': ['/v1/accounts/me', '/v1/accounts/me/today?limit=50'],
  '/groups/:groupId': [
    '/v1/groups/:groupId/page?include=members%2Cweek%2Cwall',
    '/v1/groups/:groupId/certifications?status=APPROVED&limit=10',
  ],
  '/groups/:groupId/certify': ['/v1/groups/:groupId/page?include=members%2Cweek%2Cwall'],
  '/find': ['/v1/groups?limit=10'],
  '/inbox': ['/v1/notifications?limit=20'],
};

const isMember = localStorage.getItem('account') !== null;
const found = find(location.pathname + location.search, isMember ? 'members' : 'guests');
const language = languageHere();
// Before anything is painted.
document.documentElement.lang = language;
document.documentElement.dataset.theme = themeHere();

const answers: string[] = [];
ask(areas.common[language]);
if (found && 'route' in found) {
  const { area, load, path } = found.route;
  ask(areas[area][language]);
  ask(load);
  if (matchMedia(roomBeside).matches) ask(lists[area] ?? []);
  const groupId = encodeURIComponent(found.params.groupId ?? '');
  for (const each of firstAnswers[path] ?? []) answers.push(each.replace(':groupId', groupId));
}
if (isMember) askFirst(answers);
// Guests who are in the middle of a sign-up go on there.
else if (location.pathname + location.search === '/' && !sentCode('REGISTER'))
  document.querySelector(`#first [lang=${language}]`)?.removeAttribute('hidden');
