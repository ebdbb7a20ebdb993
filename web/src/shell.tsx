/** What is around every screen: the tabs, the toast, the line about the network; and the loading of the screen itself. */
import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { followFirst, rested, useAnswer } from './app/cache.ts';
import { today } from './app/data/account.ts';
import { online } from './app/live.ts';
import { justSent } from './app/outbox.ts';
import { proofAsked } from './app/proof.ts';
import { countUnread } from './app/push.ts';
import { navigate, usePath } from './app/router.ts';
import { session } from './app/session.ts';
import { tell, toast } from './app/toast.ts';
import { useWide } from './app/wide.ts';
import { readTexts, useTexts } from './messages/index.ts';
import { type Found, find, lists, proofSheet } from './routes.ts';
import { hue } from './ui/bricks.tsx';
import { cx, Round } from './ui/button.tsx';
import { Icon, type IconName } from './ui/icon.tsx';
import { Page, Wordmark } from './ui/page.tsx';
import { Count } from './ui/rows.tsx';
import { Gone } from './ui/states.tsx';
import { Unready } from './ui/unready.tsx';

/** The main screens, in the order of the tabs. */
const tabs = [
  { href: '/', icon: 'home', name: 'home' },
  { href: '/find', icon: 'search', name: 'find' },
  { href: '/inbox', icon: 'bell', name: 'inbox' },
  { href: '/me', icon: 'person', name: 'me' },
] as const satisfies readonly { href: string; icon: IconName; name: string }[];

interface Shown extends Found {
  readonly Screen: ComponentType<Readonly<Record<string, string>>>;
  readonly List: ComponentType<{ readonly path: string }> | undefined;
  readonly path: string;
}

/** The screen of the path. The one before stays until the next has come: nothing flashes. */
function useScreen(path: string, who: 'guests' | 'members', hasLeft: boolean) {
  const isWide = useWide();
  const [shown, show] = useState<Shown>();
  const [error, fail] = useState<unknown>();
  const [tries, again] = useState(0);
  const found = find(path, who);
  useEffect(() => {
    // After a page that is missing nothing is left to stay.
    if (!found) return show(undefined);
    if ('elsewhere' in found) return navigate(hasLeft ? '/' : found.elsewhere, { replace: true });
    let isLeft = false;
    const { load, area } = found.route;
    Promise.all([load(), readTexts(area), isWide ? lists[area]?.() : undefined]).then(
      ([{ Screen }, , beside]) => {
        if (isLeft) return;
        show({ ...found, Screen, List: beside?.List, path });
        fail(undefined);
      },
      // The part is not on this device, and there is no network.
      (cause: unknown) => isLeft || fail(cause),
    );
    return () => {
      isLeft = true;
    };
  }, [path, who, tries, isWide]);
  return { found, shown, error, retry: () => again(tries + 1) };
}

export function Shell() {
  const path = usePath();
  const state = session.use();
  const isMember = state.status === 'in';
  const hasLeft = state.status === 'out' && state.left === true;
  const { found, shown, error, retry } = useScreen(path, isMember ? 'members' : 'guests', hasLeft);
  const say = useTexts('common');
  useEffect(() => {
    if (shown) followFirst();
  }, [shown !== undefined]);
  const isThere = shown !== undefined || error !== undefined || !found;
  // With the drawing: the words that the page came with make room for the screen that has them, too.
  useLayoutEffect(() => {
    if (isThere) document.querySelector('#first')?.remove();
  }, [isThere]);
  return (
    <>
      <a className="skip" href="#main">
        {say.skip}
      </a>
      {isMember && <Tabs path={path} />}
      <div className={cx('view', !isMember && 'bare')}>
        <Offline />
        {!found ? (
          <Page title={say.app}>
            <Gone />
          </Page>
        ) : error ? (
          <Unready of={[{ error, refetch: retry }]} />
        ) : shown ? (
          <>
            {shown.List && <shown.List key={shown.route.area} path={shown.path.split('?')[0]!} />}
            <shown.Screen key={shown.path.split('?')[0]!} {...shown.params} />
          </>
        ) : null}
      </div>
      <ProofSheet />
      <Arrivals />
      <Toast />
    </>
  );
}

/** `page`: the link of the screen itself; `true`: of what the screen is within. */
const placeOf = (path: string, href: string) =>
  path === href ? 'page' : path.startsWith(`${href}/`) ? 'true' : undefined;

/** The tabs of a phone, and the rail of a wide window. Screens that are no tab hide them on a phone. */
function Tabs({ path: whole }: { readonly path: string }) {
  const path = whole.split('?')[0]!;
  const say = useTexts('common');
  // Screens that need it ask at once; for the tabs it can wait.
  const agenda = useAnswer(today(), rested.use()).data;
  const unread = agenda?.unread ?? 0;
  const groups = agenda?.items ?? [];
  useEffect(() => countUnread(unread), [unread]);
  const isTab = tabs.some(({ href }) => href === path);
  return (
    <nav className={cx('tabs', !isTab && 'inner')} aria-label={say.menu}>
      <Wordmark />
      {tabs.map(({ href, icon, name }) => (
        <a key={href} href={href} aria-current={placeOf(path, href)}>
          <span className="tab-icon">
            <Icon name={icon} />
            {name === 'inbox' && unread > 0 && <Count of={unread} label={say.unread(unread)} />}
          </span>
          {say.tabs[name]}
        </a>
      ))}
      <div className="rail-groups">
        {groups.length > 0 && <p className="soft">{say.myGroups}</p>}
        {groups.map(({ group }, at) => (
          <a key={group.id} href={`/groups/${group.id}`} aria-current={placeOf(path, `/groups/${group.id}`)}>
            <i className={cx('dot', hue(at))} aria-hidden="true" />
            {group.title}
          </a>
        ))}
        <a href="/new" aria-current={placeOf(path, '/new')}>
          <Icon name="plus" size={20} />
          {say.startGroup}
        </a>
      </div>
    </nav>
  );
}

/** Milliseconds: long enough to read a sentence and to press it. */
const toastTime = 6000;

function Toast() {
  const now = toast.use();
  const say = useTexts('common');
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => toast.set(undefined), toastTime);
    return () => clearTimeout(timer);
  }, [now]);
  // The buttons of a screen stay free: it stands above what is docked at the end of the window, or below it where there is room.
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style, offsetHeight } = place.current!;
    const docked = document.querySelector('.dock, .composer')?.getBoundingClientRect();
    const room = docked ? innerHeight - docked.bottom - offsetHeight - 16 : innerHeight;
    style.setProperty('--most', `${room < 0 ? innerHeight : room + 8}px`);
    style.setProperty('--least', `${docked && room < 0 ? innerHeight - docked.top + 8 : 0}px`);
  }, [now]);
  return (
    <div className="toast-place" role="status" ref={place}>
      {now && (
        <div className="toast" key={now.at}>
          <span className="toast-brick hue-1" aria-hidden="true" />
          {now.href ? <a href={now.href}>{now.text}</a> : <span>{now.text}</span>}
          <Round icon="close" label={say.close} onClick={() => toast.set(undefined)} />
        </div>
      )}
    </div>
  );
}

/** Says that a certification has got there, unless the screen that is open says so itself. */
function Arrivals() {
  const say = useTexts('common');
  const entry = justSent.use();
  useEffect(() => {
    if (!entry) return;
    justSent.set(undefined);
    const path = `/groups/${entry.groupId}`;
    if (location.pathname !== `${path}/certify`) tell(say.waiting.sent(entry.groupTitle), path);
  }, [entry]);
  return null;
}

/** Loaded when moim asks for a proof for the first time, over whatever is shown. */
function ProofSheet() {
  const asked = proofAsked.use();
  const [Sheet, show] = useState<{ readonly Screen: ComponentType }>();
  useEffect(() => {
    if (!asked || Sheet) return;
    Promise.all([proofSheet.load(), readTexts(proofSheet.area)]).then(
      ([loaded]) => show(loaded),
      // Its part is not on this device, and there is no network.
      () => asked.onDone(false),
    );
  }, [asked]);
  return asked && Sheet ? <Sheet.Screen /> : null;
}

function Offline() {
  const say = useTexts('common');
  return online.use() ? null : (
    <p className="offline" role="status">
      {say.offline}
    </p>
  );
}
