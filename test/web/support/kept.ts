import type { Page } from 'playwright-core';

const kept = (name: string) => `new Promise((resolve) => {
  const opening = indexedDB.open('moim');
  opening.onsuccess = () => {
    const asking = opening.result.transaction('kept').objectStore('kept').get('${name}');
    asking.onsuccess = () => resolve(JSON.stringify(asking.result ?? ''));
  };
})`;

/** The answers that the device keeps, or something else that it keeps by a name, as a text. */
export const keptOn = (page: Page, name = 'answers') => page.evaluate(kept(name)) as Promise<string>;
