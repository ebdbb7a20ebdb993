import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  hello: (name) => `Ready for today's brick,\n${name}?`,
  done: (name) => `All done for today,\n${name}!`,
  quiet: (name) => `Good to see you,\n${name}`,
  total: 'My bricks',
  progress: (done, all) => `${done} of ${all} done today`,
  due: 'Due today',
  left: (n) => `${n} to go`,
  empty: 'You are in no group yet',
  emptyLead: 'If you have an invite link, open it to join at once.',
  find: 'Find a group',
  make: 'Start my own',
  code: 'Enter an invite code',
  certify: 'Certify',
  state: {
    todo: 'Not yet today',
    done: 'Done today!',
    NOT_ON_WEEKDAY: 'A day off',
    NOT_IN_PERIOD: 'Not in its period',
    week: 'Done for this week',
    none: 'Waiting for a mission',
  },
  waiting: 'Waiting for you',
  certifications: (n) => `${n > 99 ? '99+' : n} ${n === 1 ? 'certification' : 'certifications'} to look at`,
  applications: (n) => `${n > 99 ? '99+' : n} ${n === 1 ? 'application' : 'applications'}`,
  dday: (days) => (days > 0 ? `D-${days}` : days === 0 ? 'D-day' : 'over'),
};
