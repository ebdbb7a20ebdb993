/** The first words of moim, as a part of the page itself: a guest reads them while the scripts are still on their way. */
import { texts as commonEn } from './src/messages/common/en.ts';
import { texts as commonKo } from './src/messages/common/ko.ts';
import { texts as en } from './src/messages/welcome/en.ts';
import { texts as ko } from './src/messages/welcome/ko.ts';

const languages = [
  { lang: 'ko', app: commonKo.app, title: ko.title, lead: ko.lead },
  { lang: 'en', app: commonEn.app, title: en.title, lead: en.lead },
];

/**
 * Where the welcome screen has them, so that nothing moves when it comes. `early.ts` shows one language, and `shell.tsx` takes
 * them away with the first screen.
 */
export const firstWords = (): string =>
  [
    '<div id="first">',
    ...languages.map(({ lang, app, title, lead }) =>
      [
        `  <div class="view bare" lang="${lang}" hidden>`,
        '<main class="page welcome">',
        `<p class="wordmark"><span class="wordmark-bricks" aria-hidden="true"><i class="hue-1"></i><i class="hue-0"></i><i class="hue-2"></i></span>${app}</p>`,
        `<h1 class="title">${title}</h1>`,
        `<p class="lead">${lead}</p>`,
        '</main></div>',
      ].join(''),
    ),
    '</div>',
  ].join('\n    ');
