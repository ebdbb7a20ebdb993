import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  title: 'Please show that it is you',
  lead: 'Something that matters is about to change. After this we will not ask again for five minutes.',
  other: 'Another way',
  passkey: 'Use my passkey',
  passkeyNone: 'The passkey did not come. Please try again, or choose another way.',
  password: 'Password',
  totp: '6 digits of your authenticator app',
  totpHint: 'Without the app, enter a recovery code.',
  mail: '6 digits from the mail',
  mailHint: 'We sent them to the address of your account.',
  send: 'Mail me a code',
  go: 'Continue',
  ways: {
    PASSKEY: 'Passkey',
    PASSWORD: 'Password',
    TOTP: 'Authenticator app',
    MAIL: 'Code by mail',
    PROVIDER: 'Linked account',
  },
  provider: 'Sign in there once more and you come back here. What you have typed is lost.',
  by: (name) => `Use my ${name} account`,
  none: 'Sign in again, and you can go on at once.',
  signOut: 'Sign out and in again',
};
