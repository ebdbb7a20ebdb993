import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { newSecret } from '../../../shared/core/ids.ts';
import { deviceTokenOf, isKnownDevice, readDeviceToken } from './rules.ts';

/**
 * The device that a token belongs to, if this login has signed in on it before. What strangers do never counts for it.
 *
 * @param login the address or the login id that signed in on the device
 */
export async function knownDevice(keys: SigningKeys, login: string, text: string | undefined) {
  const token = readDeviceToken(text);
  const key = token && (await keys.named(token.keyId));
  return key && isKnownDevice(key, login, token) ? token : undefined;
}

/**
 * A token for a device that has none yet.
 *
 * @param login the address or the login id that the device is known by from now on
 */
export const newDeviceToken = async (keys: SigningKeys, login: string): Promise<string> =>
  deviceTokenOf(await keys.current(), login, newSecret());
