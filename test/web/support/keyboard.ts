/** A person who has a keyboard alone: where the focus is, and the way to the next thing. */
import type { Page } from 'playwright-core';
import { until } from '../../journeys/until.ts';

/** The role and name of what has the focus, as a screen reader says it: `button "Save"`. */
export async function focused(page: Page): Promise<string> {
  const [line = ''] = (await page.locator(':focus').ariaSnapshot()).split('\n');
  const [, role, name, text] = /^- (\w+)(?: "((?:[^"\\]|\\.)*)")?(?: \[[^\]]*\])*(?:: ?(.*))?$/.exec(line) ?? [];
  return `${role} "${name ?? text ?? ''}"`;
}

/** What is wrong with the place of the focus: it is not seen, it is under something, or it has no ring. */
const trouble = `(() => {
  const it = document.activeElement;
  const box = it.getBoundingClientRect();
  const said = it.outerHTML.slice(0, 120);
  const [x, y] = [box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height, innerHeight) / 2];
  const seen = document.elementFromPoint(x, y);
  const isOwn = seen && (it.contains(seen) || seen.contains(it) || it.closest('label, .button, .switch')?.contains(seen));
  if (!isOwn) return 'under ' + (seen ? seen.outerHTML.slice(0, 80) : 'nothing') + ': ' + said;
  const around = [it, it.nextElementSibling, it.closest('label'), it.closest('.button')].filter(Boolean);
  const hasRing = around.some((each) => getComputedStyle(each).outlineStyle !== 'none');
  return hasRing ? undefined : 'without a ring: ' + said;
})()`;

/** More stops than any screen has. */
const most = 90;

/**
 * Goes on with Tab until something has the focus. On the way each stop is seen and has a ring.
 *
 * @param what its role and name, as `focused` gives it
 * @throws Error with all stops, if it is not among them
 */
export async function tabTo(page: Page, what: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const stops: string[] = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press(key);
    const now = (await page.evaluate('document.querySelector(":focus") === null')) ? 'the page' : await focused(page);
    stops.push(now);
    // A title that has just come with its screen is no stop of Tab: it shows no ring.
    if (await page.evaluate('document.activeElement.tabIndex === -1')) continue;
    if (now !== 'the page') {
      // A page that scrolls to what has the focus, or draws a sheet, takes a moment.
      const wrong = await until(
        () => page.evaluate(trouble),
        (found) => !found,
      );
      if (wrong) throw new Error(`the focus is ${wrong}`);
    }
    if (what.test(now)) return;
  }
  throw new Error(`no stop is ${what}: ${stops.join(', ')}`);
}

/** Presses what Tab leads to. */
export async function press(page: Page, what: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, what);
  await page.keyboard.press(key);
}

/** Writes into the field that Tab leads to. */
export async function write(page: Page, what: RegExp, text: string): Promise<void> {
  await tabTo(page, what);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Waits until something has the focus by itself, after a page, a sheet, a refusal, and the screen is whole: a key comes too early before. */
export async function lands(page: Page, what: RegExp): Promise<void> {
  const end = Date.now() + Number(process.env.WEB_TIMEOUT ?? 60_000);
  let now = '';
  while (Date.now() < end) {
    const isNowhere = await page.evaluate('document.querySelector(":focus") === null');
    now = isNowhere ? 'the page' : await focused(page).catch(() => 'going');
    if (what.test(now) && (await page.evaluate('document.querySelector(".skeletons") === null'))) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`the focus is on ${now}, not on ${what}`);
}

/** Waits for what a screen reader is told without moving the focus, after what was heard before. */
export async function hears(page: Page, text: string | RegExp): Promise<void> {
  const isIt = (said: string) =>
    typeof text === 'string' ? said.toLowerCase().includes(text.toLowerCase()) : text.test(said);
  const told = await until(
    // While the page goes to another, nobody is told anything.
    () => page.evaluate('globalThis.heard').catch(() => []) as Promise<string[]>,
    (all) => all.some(isIt),
  );
  const at = told.findIndex(isIt);
  if (at < 0) throw new Error(`nobody is told ${text}, but: ${told.join(' | ')}`);
  await page.evaluate(`globalThis.heard.splice(0, ${at + 1})`);
}

/** Pastes a text into what has the focus, as a person does: by the clipboard. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('ControlOrMeta+V');
}
