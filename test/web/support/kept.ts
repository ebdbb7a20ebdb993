import type { Page } from 'playwright-core';

const keptAnswers = `new Promise((resolve) => {
  const opening = indexedDB.open('moim');
  opening.onsuccess = () => {
    const asking = opening.result.transaction('kept').objectStore('kept').get('answers');
    asking.onsuccess = () => resolve(JSON.stringify(asking.result ?? ''));
  };
})`;

/** The answers that the device keeps, as a text. */
export const keptOn = (page: Page) => page.evaluate(keptAnswers) as Promise<string>;
