/** What checking in asks of a device: the code of a scanned link, a name of its own, and where it is. */

/**
 * The code of the link that was scanned. It leaves the address at once: whoever goes back to the page later has no use for it.
 *
 * @example takeCode() // '482913' at /groups/…/check-in#482913
 */
export function takeCode(): string | undefined {
  const code = /^#(\d{6})$/.exec(location.hash)?.[1];
  if (code) history.replaceState(null, '', location.pathname);
  return code;
}

/** The link of a code, for a QR picture. What follows the # is sent to no server. */
export const linkOf = (groupId: string, code: string) => `${location.origin}/groups/${groupId}/check-in#${code}`;

/** A random name of this device, kept also after a sign-out: a device counts for one member a meeting. */
export function deviceId(): string {
  const known = localStorage.getItem('check-in-device');
  if (known) return known;
  const made = crypto.randomUUID();
  localStorage.setItem('check-in-device', made);
  return made;
}

/** Four decimals are 11 m: nobody needs to know it better. */
const roughly = (degrees: number) => Number(degrees.toFixed(4));

/** Where the device is, as the person lets it tell; undefined if not. Asked for once, and kept nowhere. */
export const whereabouts = (): Promise<{ latitude: number; longitude: number } | undefined> =>
  new Promise((done) => {
    if (!('geolocation' in navigator)) return done(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ latitude: roughly(coords.latitude), longitude: roughly(coords.longitude) }),
      () => done(undefined),
      // Anew each time: who has come nearer tries again.
      { enableHighAccuracy: true, maximumAge: 0, timeout: 15_000 },
    );
  });

/** Keeps the screen on while it is shown; browsers let go of it whenever the page is hidden. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isOver = false;
  const hold = () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').then(
      (held) => {
        lock = held;
        if (isOver) void held.release();
      },
      // A battery that is low: the screen may then go off as it likes.
      () => undefined,
    );
  };
  hold();
  document.addEventListener('visibilitychange', hold);
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', hold);
    void lock?.release();
  };
}
