/** Pretendard: in wide windows alone, in pieces, kept for ever; a phone loads nothing of it. */
import { until } from '../journeys/until.ts';
import { desk, phone, useWeb, type VisitOptions } from './support/browser.ts';

const web = useWeb();

/** What a first visit loads of fonts, by the ends of their paths. */
async function fontsOf(viewport: VisitOptions['viewport']) {
  const visitor = await web.visit({ fresh: true, ...(viewport ? { viewport } : {}) });
  const asked: { path: string; cache: string | undefined; type: string | undefined }[] = [];
  visitor.page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const { 'cache-control': cache, 'content-type': type } = response.headers();
    if (/fonts-|\.woff2$/.test(pathname)) asked.push({ path: pathname, cache, type });
  });
  await visitor.go('/');
  await visitor.titled(/벽돌 한 장/);
  await visitor.whole();
  return { ...visitor, asked };
}

test('a phone loads no font and no sheet of fonts; a wide window loads a few pieces, which browsers keep for ever', async () => {
  const narrow = await fontsOf(phone);
  expect(narrow.asked).toEqual([]);

  const { page, asked } = await fontsOf(desk);
  const pieces = asked.filter(({ type }) => type === 'font/woff2');
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.length).toBeLessThanOrEqual(16);
  expect(new Set(asked.map(({ cache }) => cache))).toEqual(new Set(['public, max-age=31536000, immutable']));
  await page.evaluate('document.fonts.ready.then(() => 0)');
  expect(await page.evaluate(`document.fonts.check('800 27px "Pretendard Variable"', '벽돌')`)).toBe(true);

  // A window that becomes wide gets them, too.
  await narrow.page.setViewportSize(desk);
  await until(
    () => Promise.resolve(narrow.asked.length),
    (count) => count > 2,
  );
});
