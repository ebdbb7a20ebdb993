/** Passkeys: the browser shows its own dialog, and moim judges the answer. */
import type { Api } from '../../../client/api.ts';
import { api } from './session.ts';

export type Shown = Parameters<Api['sessions']['signInWithPasskey']>[0]['body']['credential'];
export type Added = Parameters<Api['factors']['addPasskey']>[0]['body']['credential'];

/** Whether this browser takes the challenges of moim. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** What browsers throw when the person closes the dialog, waits too long, or the device has that passkey already. */
const closed = ['NotAllowedError', 'AbortError', 'InvalidStateError', 'SecurityError'];

/** @returns undefined if the person gave up */
async function answerOf<T>(dialog: Promise<Credential | null>): Promise<T | undefined> {
  try {
    return ((await dialog) as PublicKeyCredential | null)?.toJSON() as T | undefined;
  } catch (error) {
    if (error instanceof DOMException && closed.includes(error.name)) return undefined;
    throw error;
  }
}

/** Asks for a passkey that moim knows, with a new challenge. */
export async function showPasskey(): Promise<Shown | undefined> {
  const { publicKey } = await api.sessions.getPasskeyChallenge();
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey as never);
  return answerOf<Shown>(navigator.credentials.get({ publicKey: options }));
}

/** Makes a passkey for moim on this device, or on one beside it. */
export async function makePasskey(): Promise<Added | undefined> {
  const { publicKey } = await api.factors.beginPasskey();
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey as never);
  return answerOf<Added>(navigator.credentials.create({ publicKey: options }));
}
