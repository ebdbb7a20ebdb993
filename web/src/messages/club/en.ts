import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  profiles: 'Member profiles',
  edit: 'Edit my profile',
  inside: 'Only the people of this club see names. Your profile goes when you leave.',
  me: 'me',
  empty: 'Nothing yet',
  must: 'Please fill in what the club asks for. The rest may stay empty.',
  may: 'All of it may stay empty.',
  save: 'Save',
  saved: 'Your profile is saved',
};
