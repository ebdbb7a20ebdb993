import { feature } from '../../../shared/core/contract.ts';

export const contract = feature({
  name: 'mail',
  summary: 'Stops mail to addresses that bounced or complained',
  answersFor: ['mailFeedback'],
  consumers: {
    sendMail: {
      summary: 'Sends an ordered mail',
      entity: 'Mail',
      on: ['INSERT'],
      lane: 'background',
      rights: {
        read: ['Mail', 'Suppression', 'MailPace'],
        write: ['Mail', 'MailPace', 'Quota'],
        check: ['Quota'],
        sendMail: true,
      },
    },
  },
  rights: {
    mailFeedback: { write: ['Suppression', 'Quota'] },
  },
});
