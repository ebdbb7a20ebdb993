/** Where the people of a group talk. */
import { click, type Look } from './look.ts';

export const talking: readonly Look[] = [
  { name: 'talk', path: ({ talking }) => `/groups/${talking.groupId}/talk`, titles: [/기술 면접/, /기술 면접/] },
  {
    name: 'talk-open',
    path: ({ talking }) => `/groups/${talking.groupId}/talk`,
    titles: [/기술 면접/, /기술 면접/],
    opens: click('방 열기', 'Open a room'),
  },
  {
    name: 'chat',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.groupId}`,
    titles: [/모두의 방/, /Everybody/],
    opens: ({ page }) => page.getByRole('list').getByText('기다릴게요').waitFor(),
  },
  {
    name: 'chat-message',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.planId}`,
    titles: [/계획/, /Plans/],
    opens: click('서준님의 메시지로 할 수 있는 것', 'Actions for the message from 서준'),
  },
  {
    name: 'chat-who',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.planId}`,
    titles: [/계획/, /Plans/],
    // In a wide window they are beside the room.
    opens: async (visitor, locale) => {
      const who = visitor.page.getByRole('button', { name: locale === 'ko' ? '함께 있는 사람' : 'Here now' });
      if (await who.isVisible()) await who.click();
      else await visitor.page.locator('.chat-company li').first().waitFor();
    },
  },
  {
    name: 'chat-files',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.filesId}`,
    titles: [/진행/, /Progress/],
    async opens({ page }) {
      await page.getByText('편할 때 봐 주세요').waitFor();
      await page.getByRole('list').getByText('오늘 푼 문제예요').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'chat-broken',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.filesId}`,
    titles: [/진행/, /Progress/],
    opens: ({ page }) => page.getByText(/열 수 없는 사진이에요|cannot be opened/).scrollIntoViewIfNeeded(),
  },
  {
    name: 'chat-photo',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.filesId}`,
    titles: [/진행/, /Progress/],
    opens: click(/^서준님이 보낸 사진, 3장 중 2번째/, /^Photo 2 of 3/),
  },
  {
    name: 'chat-attach',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.planId}`,
    titles: [/계획/, /Plans/],
    async opens({ page }, locale) {
      const clip = page.getByLabel(locale === 'ko' ? '사진이나 파일 넣기' : 'Add photos or files');
      const pdf = { name: '면접 일정.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 ') };
      // A window goes from test to test, and keeps what was chosen.
      const old = page.getByRole('button', { name: /^면접 일정.pdf 빼기|^Take 면접 일정.pdf/ });
      while (await old.count()) await old.first().click();
      await clip.setInputFiles([{ ...pdf, name: 'run.exe' }, pdf].toReversed());
      await page.getByText('1 KB').waitFor();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'chat-send',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.planId}`,
    titles: [/계획/, /Plans/],
    async opens({ page }, locale) {
      await page.getByRole('textbox').fill('좋아요');
      await page.getByRole('button', { name: locale === 'ko' ? '보내기' : 'Send', exact: true }).press('ArrowUp');
    },
  },
  {
    name: 'chat-closed',
    path: ({ talking }) => `/groups/${talking.groupId}/rooms/${talking.closedId}`,
    titles: [/질문과 답/, /Questions/],
  },
];
