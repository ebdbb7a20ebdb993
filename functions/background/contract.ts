import { feature } from '../../shared/core/contract.ts';

/** DynamoDB serves two readers of its stream well. This one does what may take a while; `deliveries` does the rest. */
export const contract = feature({
  name: 'background',
  summary: 'What follows from a change and may take a while: mails, and images that nobody sees any more',
  consumers: {
    mailCode: { summary: 'Mails a code when one was asked for', entity: 'EmailCode', on: ['INSERT', 'MODIFY'] },
    sendMail: { summary: 'Sends a mail that was ordered', entity: 'Mail', on: ['INSERT'] },
    dropPicture: {
      summary: 'Deletes the images of a picture that was replaced',
      entity: 'Account',
      on: ['MODIFY', 'REMOVE'],
    },
    dropUpload: {
      summary: 'Deletes the file of an upload that was used, and what was made of it and never shown',
      entity: 'Upload',
      on: ['MODIFY', 'REMOVE'],
    },
  },
  rights: {
    stream: {
      read: ['Account', 'Credential', 'Mail', 'Suppression'],
      write: ['Mail'],
      deleteObjects: ['uploads/', 'pictures/'],
      sendMail: true,
      secrets: ['SigningKey'],
    },
  },
});
