/** Filled in by `web/build.ts`. */

/** The address that tells a page of a new build; empty in the product. */
declare const RELOAD: string;
/** The files of the shell, for the worker. */
declare const SHELL: readonly string[];
/** The names of all files that come later, for `early.ts`. */
declare const FILES: string;
/** The name of a build: another one for each change of its files. */
declare const VERSION: string;

/** A sheet takes effect when the file that imports it is loaded. */
declare module '*.css';

interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): unknown };
  };
}
