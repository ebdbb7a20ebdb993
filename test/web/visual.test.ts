/**
 * Twelve screens in both themes and two widths, compared by pixels with `test/web/references`: what changes how they look is
 * seen in review. The data is that of the demo, the clock stands, and every letter is of the site's own font, so that the
 * fonts of a machine do not matter. Photos are left out: they are no part of a screen.
 *
 * After a change that is meant, `VISUAL=update npm run test:web -- visual` writes the references; look at them in the diff.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Filled } from '../../local/demo/fill.ts';
import { emailOf } from '../../local/demo/people.ts';
import type { Pixels } from '../../shared/images/codecs.ts';
import type { Person } from '../support/moim.ts';
import { desk, ownFont, phone, useWeb, type Visitor } from './support/browser.ts';
import { dawn, filled } from './support/demo.ts';
import { lossless, pixelsOf } from './support/lossless.ts';

const references = 'test/web/references';
/** What differs, for whoever looks why. */
const seen = '.build/test/visual';
/** The share of pixels that may differ: another release of Chromium smooths edges in another way. */
const slack = 0.002;

interface Look {
  readonly name: string;
  readonly path: (groups: Filled) => string;
  readonly asGuest?: true;
}
const screens: readonly Look[] = [
  { name: 'welcome', asGuest: true, path: () => '/' },
  { name: 'sign-in', asGuest: true, path: () => '/sign-in' },
  { name: 'home', path: () => '/' },
  { name: 'group', path: ({ algorithm }) => `/groups/${algorithm}` },
  { name: 'certify', path: ({ algorithm }) => `/groups/${algorithm}/certify` },
  { name: 'review', path: ({ algorithm }) => `/groups/${algorithm}/review` },
  { name: 'manage', path: ({ algorithm }) => `/groups/${algorithm}/manage` },
  { name: 'find', path: () => '/find' },
  { name: 'recruit', path: ({ open }) => `/recruits/${open}` },
  { name: 'plan', path: ({ plan }) => `/plans/${plan}` },
  { name: 'new', path: () => '/new' },
  { name: 'me', path: () => '/me' },
];
const ways = (['light', 'dark'] as const).flatMap((theme) =>
  (
    [
      ['phone', phone],
      ['desk', desk],
    ] as const
  ).map(([width, viewport]) => ({ theme, width, viewport })),
);
/** Each screen once, in a theme and a width by turns; WEB=all compares all of them. */
const all = process.env.WEB === 'all' || process.env.VISUAL === 'update';
const looks = screens.flatMap((screen, at) =>
  ways.filter((_, way) => all || way === at % ways.length).map((way) => ({ ...screen, ...way })),
);

const web = useWeb({ now: dawn });
/** Who leads the challenge of the demo. */
const mina = { id: 'mina', email: emailOf('mina'), nickname: '미나' } as Person;
let groups: Filled;
beforeAll(async () => {
  groups = await filled(web.moim, { photoWidth: 80 });
  const { context, page } = await web.again(mina, { path: '/' });
  await context.addInitScript(ownFont);
  await web.moim.settle();
  // Of the sign-in, too: how many are unread would differ by a race.
  await page.goto(`${web.moim.apiUrl}/inbox`);
  await page.getByRole('button', { name: '모두 읽음' }).click();
  await page.getByRole('button', { name: '모두 읽음' }).waitFor({ state: 'detached' });
});

/** The security policy allows no style in the page, and this one is made by a script. */
const withoutPhotos = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('img { visibility: hidden }');
  document.adoptedStyleSheets.push(sheet);
})()`;

/** A screen without what moves, and without photos. */
async function pictureOf({ page, whole }: Visitor): Promise<Pixels> {
  await page.locator('h1').first().waitFor();
  await whole();
  await page.evaluate('document.fonts.ready.then(() => 0)');
  await page.evaluate(withoutPhotos);
  return pixelsOf(await page.screenshot({ animations: 'disabled' }));
}

/** The share of pixels in which two pictures differ, 1 for other sizes; and a picture of what differs. */
function difference(one: Pixels, other: Pixels): { readonly share: number; readonly shown: Pixels } {
  const { width, height } = one;
  const shown = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  if (other.width !== width || other.height !== height) return { share: 1, shown };
  const count = pixelmatch(one.data, other.data, shown.data, width, height, { threshold: 0.1 });
  return { share: count / (width * height), shown };
}

test.each(looks)('$name, $theme, $width: looks as it did', async ({ name, asGuest, path, theme, width, viewport }) => {
  const options = { theme, viewport, path: path(groups) };
  const visitor = asGuest ? await web.visit({ ...options, fresh: true }) : await web.again(mina, options);
  if (asGuest) {
    await visitor.context.addInitScript(ownFont);
    await visitor.go(options.path);
  }
  const picture = await pictureOf(visitor);
  const file = `${name}-${width}-${theme}.webp`;
  const reference = join(references, file);
  if (process.env.VISUAL === 'update') {
    mkdirSync(references, { recursive: true });
    writeFileSync(reference, await lossless(picture));
  }
  if (!existsSync(reference)) throw new Error(`${file} has no reference: VISUAL=update npm run test:web -- visual`);
  const { share, shown } = difference(await pixelsOf(readFileSync(reference)), picture);
  if (share > slack) {
    mkdirSync(seen, { recursive: true });
    writeFileSync(join(seen, file), await lossless(picture));
    writeFileSync(join(seen, file.replace('.webp', '-differs.webp')), await lossless(shown));
  }
  // More than the slack: look at the file in `.build/test/visual`, beside the reference.
  expect({ file, differs: share > slack ? share : 'within the slack' }).toEqual({ file, differs: 'within the slack' });
});
