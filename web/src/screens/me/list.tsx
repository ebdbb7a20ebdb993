import { useTexts } from '../../messages/index.ts';
import { Beside } from '../../ui/beside.tsx';

/** Screens that one reaches from another place than the list. */
const within: Readonly<Record<string, string>> = {
  '/me/password': '/me/safety',
  '/me/address': '/me/safety',
  '/me/passkey': '/me/safety',
  '/me/app': '/me/safety',
  '/me/reminders': '/me/notifications',
};

/** Everything that is the person's own, beside the screen of one of it. */
export function List({ path }: { readonly path: string }) {
  const say = useTexts('me');
  const { league } = useTexts('common');
  const here = within[path] ?? path;
  const places = [
    ['/me', say.title, 'person'],
    ['/me/edit', say.edit.title, 'edit'],
    ['/leagues', league, 'trophy'],
    ['/me/notifications', say.notifications.title, 'bell'],
    ['/me/devices', say.devices.title, 'phone'],
    ['/me/sign-ins', say.signIns.title, 'clock'],
    ['/me/safety', say.safety.title, 'shield'],
    ['/me/blocks', say.blocks.title, 'eye'],
    ['/me/data', say.data.title, 'download'],
  ] as const;
  return (
    <Beside
      title={say.title}
      places={places.map(([href, text, icon]) => ({ href, text, icon, isHere: href === here }))}
    />
  );
}
