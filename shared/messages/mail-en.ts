import type { MailCatalog } from './mail-catalog.ts';

export const mailEn: MailCatalog = {
  mails: {
    EMAIL_CODE_REGISTER: {
      subject: '[moim] Your code is {code}',
      text: 'Your code to sign up to moim:\n\n{code}\n\nPlease enter it within {minutes} minutes. If you did not ask for it, ignore this mail.',
    },
    EMAIL_CODE_KNOWN: {
      subject: '[moim] You already have an account',
      text: 'Somebody tried to sign up to moim with this address. You already have an account: please sign in.\n\nIf it was not you, ignore this mail.',
    },
    EMAIL_CODE_PASSWORD: {
      subject: '[moim] Your code is {code}',
      text: 'Your code to set a new password:\n\n{code}\n\nPlease enter it within {minutes} minutes, and do not share it with anybody.\n\nIf you did not ask for it, ignore this mail. Your password stays as it is.',
    },
    EMAIL_NO_ACCOUNT: {
      subject: '[moim] There is no account with this address',
      text: 'Somebody looked for a moim account with this address. There is no such account.\n\nIf it was you, perhaps you signed up with another address or with a social account. If it was not you, ignore this mail.',
    },
    EMAIL_CODE_EMAIL: {
      subject: '[moim] Your code is {code}',
      text: 'Your code to confirm the new address of your moim account:\n\n{code}\n\nPlease enter it within {minutes} minutes. If you did not ask for it, ignore this mail.',
    },
    EMAIL_CODE_LEAVE: {
      subject: '[moim] Your code is {code}',
      text: 'Your code to get a copy of a moim account that was not approved, or to delete it:\n\n{code}\n\nPlease enter it within {minutes} minutes and show it to nobody.\n\nIf you did not ask for it, ignore this mail: nothing changes.',
    },
    EMAIL_CODE_MAIL: {
      subject: '[moim] Your code is {code}',
      text: 'Your code to get mails of moim at this address again:\n\n{code}\n\nPlease enter it within {minutes} minutes. If you did not ask for it, ignore this mail: nothing changes.',
    },
    EMAIL_TAKEN: {
      subject: '[moim] You already have an account',
      text: 'Somebody tried to move their moim account to this address. Your account already has this address, so nothing changed.\n\nIf it was you, please sign in with this address. If it was not you, ignore this mail: your account stays as it is.',
    },
    LOGIN_ID: {
      subject: '[moim] Your login id',
      text: 'Your login id at moim:\n\n{loginId}\n\nIf you did not ask for it, ignore this mail.',
    },
    LOGIN_ID_NONE: {
      subject: '[moim] Your login id',
      text: 'Your moim account has no login id. Please sign in with this e-mail address instead.\n\nIf you did not ask for it, ignore this mail.',
    },
    PASSWORD_CHANGED: {
      subject: '[moim] Your password was changed',
      text: 'The password of your moim account was changed, and all your devices were signed out.\n\nIf it was you, please sign in with the new password.\n\nIf it was not you, set a new password now: the sign-in page sends a code to this address.',
    },
    EMAIL_CHANGED: {
      subject: '[moim] Your e-mail address was changed',
      text: 'Your moim account was moved from this address to another one, and all your devices were signed out. Please sign in with the new address from now on.\n\nIf it was not you, undo it within {days} days with the button below. Your account comes back to this address, you set a new password, and everything that was added in between ends.\n\n{link}',
      button: 'Undo it',
    },
    ACCOUNT_APPROVED: {
      subject: '[moim] Your account was approved',
      text: 'Welcome! Your moim account was approved.\n\nYou can sign in now.',
    },
    ACCOUNT_REJECTED: {
      subject: '[moim] Your account was not approved',
      text: 'We are sorry: your moim account was not approved. This is the reason:\n\n{reason}\n\nEverything that you told us when you signed up is deleted in {days} days. Until then you can confirm this address to get a copy or to delete the account at once. After that you may sign up again.\n\nIf you have a question, please contact the moim team.',
    },
    ACCOUNT_WITHDRAWN: {
      subject: '[moim] Your account was closed',
      text: 'Your moim account was closed. Your personal data is deleted; what you wrote stays under the name "(unknown)".\n\nThank you for the time together. If it was not you who closed it, please contact the moim team.',
    },
    EXPORT_READY: {
      subject: '[moim] Your data is ready',
      text: 'The data you asked for is ready to download:\n\n{link}\n\nPlease download it within {hours} hours. It contains personal data, so do not forward this mail.',
      button: 'Download',
    },
    SOCIAL_LINKED: {
      subject: '[moim] A new way to sign in was linked',
      text: '{provider} is now linked to your moim account as a way to sign in.\n\nIf it was not you, set a new password now: the sign-in page sends a code to this address. That ends everything that was linked lately.',
    },
    WAY_ADDED: {
      subject: '[moim] A way to show that it is you was added',
      text: 'Your moim account has a new way to show that it is you.\n\nAdded: {way}\n\nIf it was not you, set a new password now: the sign-in page sends a code to this address. That ends everything that was added lately.',
    },
    WAY_REMOVED: {
      subject: '[moim] A way to show that it is you was removed',
      text: 'A way to show that it is you was removed from your moim account.\n\nRemoved: {way}\n\nIf it was not you, set a new password now: the sign-in page sends a code to this address.',
    },
    EMAIL_CODE_PROOF: {
      subject: '[moim] Your code is {code}',
      text: 'Your code to show that it is you, before something important in your moim account changes:\n\n{code}\n\nPlease enter it within {minutes} minutes and show it to nobody.\n\nIf you did not ask for it, somebody else may be signed in: please set a new password now.',
    },
    PASSWORD_RESET: {
      subject: '[moim] You set a new password',
      text: 'The password of your moim account was set anew with a code that was sent to this address, and all your devices were signed out. For your safety, the ways to sign in that were added lately have ended.\n\nEnded: {ended}\n\nKept: {kept}\n\nIf it was not you, please contact the moim team at once.',
    },
    NEW_SIGN_IN: {
      subject: '[moim] A sign-in on a new device',
      text: 'Somebody signed in to your moim account on a device that it has not seen before.\n\nDevice: {device}\n\nTime: {time}\n\nIf it was not you, set a new password now: the sign-in page sends a code to this address, and all devices are signed out.',
    },
    ACCOUNT_SUSPENDED: {
      subject: '[moim] Your account is suspended for a time',
      text: 'Your moim account is suspended for a time, and all your devices were signed out. The reason:\n\n{reason}\n\nYou can sign in again after {time}.\n\nIf you have questions, please ask the moim team.',
    },
    LEADER_SILENT: {
      subject: '[moim] Your group will soon have another leader',
      text: 'You have not visited a group that you lead for a while:\n\n{title}\n\nPlease sign in by {date} to stay its leader. Otherwise another member becomes the leader, and you stay a member.',
    },
    CLUB_ACCEPTED: {
      subject: '[moim] Your application was accepted',
      text: 'Welcome! Your application was accepted.\n\n{title}\n\nEverything in the group is open to you now.',
    },
    CLUB_REJECTED: {
      subject: '[moim] Your application was not accepted',
      text: 'We are sorry: your application was not accepted.\n\n{title}\n\nThis is the reason:\n\n{reason}\n\nThe profile that you filled in for it is deleted. You keep your moim account, and you may apply again later.',
    },
    NOTIFICATION: {
      subject: '[moim] You have a new notification',
      text: 'There is news for you:\n\n{text}\n\n{link}',
      button: 'Open moim',
    },
  },
  sender: 'moim',
  reasons: {
    asked: 'You get this mail because somebody entered your address at moim. Replies are not read.',
    account: 'You get this mail because it concerns your moim account. Replies are not read.',
    group: 'You get this mail because it concerns a group of yours at moim. Replies are not read.',
    notification:
      'You get this mail because you chose to get such news by mail. You can turn it off in the notification settings of moim. Replies are not read.',
  },
};
