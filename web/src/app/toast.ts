import { store } from './store.ts';

export interface Toast {
  readonly text: string;
  readonly href?: string | undefined;
  readonly at: number;
}
export const toast = store<Toast | undefined>(undefined);

/** Says something for some seconds, above whatever is shown. */
export const tell = (text: string, href?: string): void => toast.set({ text, href, at: performance.now() });
