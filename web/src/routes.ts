/** Every screen, one line each: its path, the area of its texts, who sees it, and the file that draws it. */
import type { ComponentType } from 'preact';
import { match, type Params, pathIn } from './app/router.ts';
import type { Area } from './messages/index.ts';

/** `all`: guests and members. */
type Who = 'guests' | 'members' | 'all';
type Drawn = Readonly<Record<string, string>>;

interface Route {
  readonly path: string;
  readonly area: Area;
  readonly who: Who;
  readonly load: () => Promise<{ readonly Screen: ComponentType<Drawn> }>;
}

/** A file of a screen exports `Screen`, which is given the `:names` of its path. */
const screen = <Path extends string>(
  path: Path,
  area: Area,
  who: Who,
  load: () => Promise<{ readonly Screen: (given: Params<Path>) => unknown }>,
): Route => ({ path, area, who, load: load as never });

const routes: readonly Route[] = [
  screen('/', 'welcome', 'guests', () => import('./screens/welcome/welcome.tsx')),
  screen('/sign-in', 'welcome', 'guests', () => import('./screens/welcome/sign-in.tsx')),
  screen('/password', 'welcome', 'guests', () => import('./screens/welcome/password.tsx')),
  screen('/', 'home', 'members', () => import('./screens/home/home.tsx')),
  screen('/groups/:groupId', 'group', 'members', () => import('./screens/group/group.tsx')),
  screen('/groups/:groupId/members', 'group', 'members', () => import('./screens/group/members.tsx')),
  screen('/groups/:groupId/certify', 'group', 'members', () => import('./screens/group/certify.tsx')),
  screen('/groups/:groupId/review', 'group', 'members', () => import('./screens/group/review.tsx')),
  screen('/groups/:groupId', 'find', 'guests', () => import('./screens/find/recruit.tsx')),
  screen('/recruits/:groupId', 'find', 'all', () => import('./screens/find/recruit.tsx')),
  screen('/find', 'find', 'all', () => import('./screens/find/find.tsx')),
  screen('/likes', 'find', 'members', () => import('./screens/find/likes.tsx')),
  screen('/applications', 'find', 'members', () => import('./screens/find/applications.tsx')),
  screen('/invitations', 'find', 'guests', () => import('./screens/find/invited.tsx')),
  screen('/invitations', 'find', 'members', () => import('./screens/find/invitation.tsx')),
  screen('/plans', 'find', 'all', () => import('./screens/find/plans.tsx')),
  screen('/plans/:planId', 'find', 'all', () => import('./screens/find/plan.tsx')),
  screen('/new', 'find', 'members', () => import('./screens/find/found.tsx')),
  screen('/inbox', 'inbox', 'members', () => import('./screens/inbox/inbox.tsx')),
  screen('/me', 'me', 'members', () => import('./screens/me/me.tsx')),
];

export interface Found {
  readonly route: Route;
  readonly params: Drawn;
}

/**
 * The screen of a path for a guest or a member. A path that only the other has leads on: guests to the sign-in, and members
 * from the sign-in to the path that they wanted.
 *
 * @returns undefined for a path of no screen
 */
export function find(path: string, who: 'guests' | 'members'): Found | { readonly elsewhere: string } | undefined {
  const found = routes.flatMap((route) => {
    const params = match(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const own = found.find(({ route }) => route.who === who || route.who === 'all');
  if (own || found.length === 0) return own;
  return {
    elsewhere: who === 'guests' ? `/sign-in?then=${encodeURIComponent(path)}` : pathIn(path.split('?')[1] ?? ''),
  };
}
