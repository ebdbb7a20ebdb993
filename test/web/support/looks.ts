/** What tests do with a page besides clicking: look for barriers, compose Korean, take pictures. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What is not asked for costs as much as what is. */
const options = JSON.stringify({
  ...{ runOnly: rules, resultTypes: ['violations'], selectors: false },
  ...{ preload: false, iframes: false, elementRef: true },
});

/** Waits for what moves: its size and its colours are between two. What breathes while it is at work never ends. */
const still = (page: Page): Promise<unknown> =>
  page
    .evaluate(
      'Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < Infinity).map((each) => each.finished.catch(() => {}))).then(() => 0)',
    )
    .catch(() => {});

/**
 * A row that is half covered by what stays in place is scrolled on before it is pressed: its own size is not that of what is seen of it. The
 * bar, the dock and one's own row of a list stay.
 */
const uncovered = `({ id, nodes }) => {
  const stays = [...document.querySelectorAll('.bar-place, .dock, .own-place')].filter((each) => /sticky|fixed/.test(getComputedStyle(each).position));
  const covers = (each, element) => {
    const [over, under] = [each.getBoundingClientRect(), element.getBoundingClientRect()];
    return !each.contains(element) && over.top < under.bottom && over.bottom > under.top;
  };
  const isFree = ({ element }) => id !== 'target-size' || !stays.some((each) => covers(each, element));
  const said = ({ html, failureSummary }) => ({ html, failureSummary });
  return { id, nodes: nodes.filter(isFree).map(said) };
}`;

/** The barriers that axe finds on the screen, each in a sentence with its element. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  await still(page);
  const run = `axe.run(document, ${options}).then(({ violations }) => violations.map(${uncovered}))`;
  const violations = (await page.evaluate(run)) as Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary.replace(/\s+/g, ' ')}`),
  );
}

/** Rules of our own: nothing is wider than the window, or taller where it fills it, or moves both ways, no text under 13 px, no target under 44 px in height and width. */
export async function oddities(page: Page): Promise<string[]> {
  await still(page);
  return page.evaluate(`(() => {
    const odd = [];
    const shown = (each) => each.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !each.closest('.unseen, .skip');
    if (document.documentElement.scrollWidth > innerWidth) odd.push('wider than the window: ' + document.documentElement.scrollWidth);
    const taller = document.documentElement.scrollHeight - innerHeight;
    if (document.querySelector('.page.whole') && taller > 0) odd.push('taller than the window, which it fills: by ' + taller);
    for (const each of document.querySelectorAll('main *, dialog')) {
      if (!/auto|scroll/.test(getComputedStyle(each).overflowY)) continue;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = each;
      if (scrollWidth > clientWidth && scrollHeight > clientHeight) odd.push('moves both ways: ' + each.outerHTML.slice(0, 120));
    }
    for (const each of document.querySelectorAll('main *, nav *')) {
      if (!shown(each)) continue;
      const hasText = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      if (hasText && parseFloat(getComputedStyle(each).fontSize) < 13) odd.push('small text: ' + each.outerHTML.slice(0, 120));
    }
    for (const each of document.querySelectorAll('a, button, select, input:not([type=hidden]), textarea')) {
      if (!shown(each) || each.classList.contains('link')) continue;
      // A link whose \`::after\` covers its card is as large as the card.
      const after = getComputedStyle(each, '::after');
      const isCover = after.content !== 'none' && after.position === 'absolute';
      const { width, height } = (isCover ? each.offsetParent : each).getBoundingClientRect();
      if (width < 44 || height < 44) odd.push(Math.round(width) + 'x' + Math.round(height) + ': ' + each.outerHTML.slice(0, 120));
    }
    return odd;
  })()`) as Promise<string[]>;
}

/**
 * Writes a Korean syllable as an input method does: its parts one after the other, then the whole. The field must have the
 * focus.
 *
 * @example await compose(page, ['ㅎ', '하', '한'])
 */
export async function compose(page: Page, parts: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const text of parts)
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await session.send('Input.insertText', { text: parts.at(-1)! });
  await session.detach();
}

/** The text of the QR code on the screen, read from its pixels as a camera would. */
export async function readQr(page: Page): Promise<string> {
  const png = (await page.locator('svg.qr').screenshot({ animations: 'disabled' })).toString('base64');
  const { width, height, pixels } = (await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${png}'), (each) => each.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    paper.drawImage(bitmap, 0, 0);
    const { data } = paper.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, pixels: [...data] };
  })()`)) as { readonly width: number; readonly height: number; readonly pixels: number[] };
  return decodeQR({ width, height, data: Uint8Array.from(pixels) });
}

/** Takes a picture into `.build/pictures`, if PICTURES is set: to look at, and for the README. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return;
  mkdirSync('.build/pictures', { recursive: true });
  // All of the screen, as far as a person scrolls.
  await page.screenshot({ path: join('.build/pictures', `${name}.png`), animations: 'disabled' });
}
