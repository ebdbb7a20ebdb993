/** The library that verifies passkeys goes into bundles without its readers of certificates: it must do its work there. */
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { newChallenge } from '../../functions/accounts/factors/challenge.ts';
import { userHandleOf } from '../../functions/accounts/factors/rules.ts';
import type * as Webauthn from '../../functions/accounts/factors/webauthn.ts';
import { leaveOutUnused, settings } from '../../lib/bundle.ts';
import { newId } from '../../shared/core/ids.ts';
import { softwareAuthenticator } from '../support/authenticator.ts';

test('a passkey is added and shown by the bundled code', async () => {
  const outfile = join(mkdtempSync(join(tmpdir(), 'moim-passkeys-')), 'index.js');
  const entryPoints = ['functions/accounts/factors/webauthn.ts'];
  const { metafile } = await build({ ...settings, entryPoints, outfile, plugins: [leaveOutUnused] });
  const bundled: typeof Webauthn = createRequire(import.meta.url)(outfile);

  const now = Date.now();
  const accountId = newId(now);
  const key = { id: 'a'.repeat(12), bytes: new Uint8Array(64) };
  const deviceKeys = { current: async () => key, named: async () => key };
  const asked = { environment: { ALLOWED_ORIGINS: 'https://dev.moim.example' }, deviceKeys };
  const challengeFor = (text: string) => Buffer.from(text).toString('base64url');
  const authenticator = softwareAuthenticator();
  const credential = authenticator.create({
    challenge: challengeFor(newChallenge(key, { addTo: accountId }, now).text),
    rp: { id: 'dev.moim.example' },
    user: { id: Buffer.from(userHandleOf(accountId)).toString('base64url') },
  });
  const { passkey } = await bundled.addedPasskey(asked, { accountId, name: 'Key', credential }, now);
  const shown = authenticator.get({
    challenge: challengeFor(newChallenge(key, 'USE', now).text),
    rpId: 'dev.moim.example',
  });
  const factors = { accountId, passkeys: { one: passkey }, passkeyCount: 1 };

  expect(bundled.ownerOf(shown)).toBe(accountId);
  expect(await bundled.shownPasskey(asked, factors, shown, now)).toHaveLength(2);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('@peculiar/x509/'))).toEqual([]);
});
