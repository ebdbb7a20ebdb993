/** Proofs that moim asks for before it changes ways into an account. The shell shows the sheet; `session.ts` waits for it. */
import type { Api } from '../../../client/api.ts';
import { ProblemError } from '../../../client/problem-error.ts';
import { store } from './store.ts';

interface Asked {
  /** The ways that the account has; without any, a new sign-in is the proof. */
  readonly ways: readonly string[];
  readonly onDone: (isProved: boolean) => void;
}
/** What is asked for now. */
export const proofAsked = store<Asked | undefined>(undefined);

let asking: Promise<boolean> | undefined;

/** Calls that need a proof at the same moment wait for one sheet. */
function askProof(ways: readonly string[]): Promise<boolean> {
  asking ??= new Promise<boolean>((onDone) => proofAsked.set({ ways, onDone })).finally(() => {
    asking = undefined;
    proofAsked.set(undefined);
  });
  return asking;
}

type Call = (request?: unknown) => Promise<unknown>;

/**
 * The same calls, which ask for a proof where moim needs one and are then made again. If the person closes the sheet, a call
 * throws the refusal of moim, as if nothing had been asked.
 */
export function withProofs(api: Api): Api {
  const proving =
    (call: Call): Call =>
    async (request) => {
      try {
        return await call(request);
      } catch (error) {
        const isNeeded = error instanceof ProblemError && error.code === 'PROOF_NEEDED';
        if (!isNeeded || !(await askProof(error.ways))) throw error;
        return call(request);
      }
    };
  const features = Object.entries(api as unknown as Record<string, Record<string, Call>>);
  return Object.fromEntries(
    features.map(([feature, calls]) => [
      feature,
      Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, proving(call)])),
    ]),
  ) as unknown as Api;
}
