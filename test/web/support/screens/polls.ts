/** Polls. */
import { click, type Look } from './look.ts';

export const polls: readonly Look[] = [
  { name: 'polls', path: (s) => `${s.doing.path.slice(3)}/polls`, titles: [/정보처리기사/, /정보처리기사/] },
  { name: 'poll-open', path: (s) => `${s.doing.path.slice(3)}/polls/${s.polls.openId}`, titles: [/^투표$/, /^Poll$/] },
  {
    name: 'poll-voted',
    path: (s) => `${s.doing.path.slice(3)}/polls/${s.polls.votedId}`,
    titles: [/^투표$/, /^Poll$/],
  },
  {
    name: 'poll-who',
    path: (s) => `${s.doing.path.slice(3)}/polls/${s.polls.votedId}`,
    titles: [/^투표$/, /^Poll$/],
    opens: click(/^일요일 저녁: 고른 사람/, /^일요일 저녁: see/),
  },
  {
    name: 'poll-closed',
    path: (s) => `${s.doing.path.slice(3)}/polls/${s.polls.closedId}`,
    titles: [/^투표$/, /^Poll$/],
  },
  {
    name: 'poll-close',
    path: (s) => `${s.doing.path.slice(3)}/polls/${s.polls.ownId}`,
    titles: [/^투표$/, /^Poll$/],
    opens: click('투표 마감하기', 'Close the poll'),
  },
  {
    name: 'poll-new',
    path: (s) => `${s.doing.path.slice(3)}/polls/new`,
    titles: [/^투표 만들기$/, /^Make a poll$/],
    opens: ({ page }, locale) =>
      page.getByRole('radio', { name: locale === 'ko' ? '시각 정하기' : 'At a time' }).check(),
  },
  {
    name: 'poll-edit',
    path: (s) => `${s.doing.path.slice(3)}/polls/${s.polls.ownId}/edit`,
    titles: [/^투표 고치기$/, /^Edit the poll$/],
  },
];
