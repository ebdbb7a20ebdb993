/** Somebody who certifies in a browser, and what their device then keeps. */
import type { Page } from 'playwright-core';
import type { Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import type { Visitor, Web } from './browser.ts';

export const photo = 'test/support/certification.jpg';
let people = 0;

/** A member with the screen to certify open, in a group of somebody else. */
export async function certifying(web: Web, options: { readonly worker?: boolean; readonly locale?: 'ko' | 'en' } = {}) {
  const [leader, mina] = [await someone(web.moim), await web.moim.person(`Mina${++people}`)];
  // Days of Seoul: the clock may stand after midnight there.
  const [startDate, endDate] = [9, 20 * 24].map((hours) =>
    new Date(web.moim.clock.now() + hours * 3_600_000).toISOString().slice(0, 10),
  );
  const group = await found(leader, { title: '매일 알고리즘 한 문제', startDate, endDate }, mina);
  await web.moim.settle();
  const visitor = await web.visitAs(mina, { path: `/groups/${group.groupId}/certify`, ...options });
  await visitor.page.locator('input[type=file]').last().waitFor({ state: 'attached' });
  if (options.worker) await visitor.page.evaluate('navigator.serviceWorker.ready');
  return { leader, mina, group, visitor };
}
/** From home, as a person goes. */
export async function goToCertify(visitor: Visitor) {
  const { page } = visitor;
  await visitor.go('/');
  await visitor.titled(/Mina/);
  await page
    .getByRole('link', { name: /매일 알고리즘/ })
    .first()
    .click();
  await visitor.titled('매일 알고리즘 한 문제');
  await page.getByRole('link', { name: '오늘 인증하기' }).first().click();
  await page.locator('input[type=file]').last().waitFor({ state: 'attached' });
}
export async function press({ page }: Visitor, photos: string | string[] = photo) {
  await page.locator('input[type=file]').last().setInputFiles(photos);
  await page.getByRole('button', { name: /한 장 쌓기|Lay my brick/ }).click();
}
export const own = async (person: Person, { path }: { readonly path: string }) =>
  (await person.get(`${path}/certifications?author=me`)).body.items;
/** What waits in the device, as its stores have it. */
export const kept = (page: Page, place = 'outbox') =>
  page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('moim');
    opening.onsuccess = () => {
      const asking = opening.result.transaction('${place}').objectStore('${place}').getAll();
      asking.onsuccess = () => resolve(asking.result.map((each) => ({ ...each, shots: each.shots?.map(({ blob }) => blob.size) })));
    };
  })`) as Promise<Record<string, unknown>[]>;
export const isSubmission = (url: string) => /\/missions\/[^/]+\/certifications$/.test(url);
export const done = (page: Page) => page.getByRole('heading', { name: '한 장 올렸어요!' }).waitFor();
