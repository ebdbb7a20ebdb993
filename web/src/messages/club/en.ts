import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  profiles: 'Member profiles',
  edit: 'Edit my profile',
  inside: 'Only members of this club see names. Your profile is deleted when you leave.',
  me: 'me',
  empty: 'Nothing yet',
  must: 'Please fill in what the club asks for. You can leave the rest empty.',
  may: 'You can leave all of it empty.',
  save: 'Save',
  saved: 'Profile saved',
};
