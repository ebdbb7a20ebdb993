import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  title: 'Please confirm it is you',
  lead: 'You are about to change something important. We will not ask again for five minutes.',
  other: 'Another way',
  passkey: 'Use my passkey',
  passkeyNone: 'The passkey did not work. Please try again, or choose another way.',
  password: 'Password',
  totp: '6 digits of your authenticator app',
  totpHint: 'Without the app, enter a recovery code.',
  mail: '6 digits from the e-mail',
  mailHint: 'We sent them to the address of your account.',
  send: 'E-mail me a code',
  go: 'Continue',
  ways: {
    PASSKEY: 'Passkey',
    PASSWORD: 'Password',
    TOTP: 'Authenticator app',
    MAIL: 'Code by e-mail',
    PROVIDER: 'Linked account',
  },
  provider: 'Sign in there once more, and you come back here. Anything you typed is lost.',
  by: (name) => `Use my ${name} account`,
  none: 'Sign in again, and you can go on at once.',
  signOut: 'Sign out and in again',
};
