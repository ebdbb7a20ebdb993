import { feature } from '../../../shared/core/contract.ts';

/** DynamoDB serves two readers of its stream well. This one does what may take a while; `deliveries` does the rest. */
export const contract = feature({
  name: 'background',
  summary:
    'What follows from a change and may take a while: mails, the order of public lists, and images that nobody sees any more',
  consumers: {
    mailCode: { summary: 'Mails a code when one was asked for', entity: 'EmailCode', on: ['INSERT', 'MODIFY'] },
    sendMail: { summary: 'Sends a mail that was ordered', entity: 'Mail', on: ['INSERT'] },
    dropPicture: {
      summary: 'Deletes the images of a picture that was replaced',
      entity: 'Account',
      on: ['MODIFY', 'REMOVE'],
    },
    relist: {
      summary: 'Brings the entries of a group in the public lists to what the group is now',
      entity: 'Group',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
    },
    dropUpload: {
      summary: 'Deletes the file of an upload that was used, and what was made of it and never shown',
      entity: 'Upload',
      on: ['MODIFY', 'REMOVE'],
    },
    tellReporters: {
      summary: 'Tells those who reported a thing what was decided',
      entity: 'ReportCase',
      on: ['INSERT', 'MODIFY'],
    },
    leaderGone: { summary: 'Remembers since when a leader is signed in nowhere', entity: 'Session', on: ['REMOVE'] },
    dropCase: { summary: 'Deletes the reports on a plan that was taken back', entity: 'Plan', on: ['REMOVE'] },
    dropFiles: {
      summary: 'Deletes the files that a group does not show any more',
      entity: 'Group',
      on: ['MODIFY'],
    },
    dropUnusedFile: {
      summary: 'Deletes what was kept of an upload that ended, and no group shows',
      entity: 'Upload',
      on: ['REMOVE'],
    },
    groupChanged: { summary: 'Brings members’ own lists up to a group', entity: 'Group', on: ['MODIFY'] },
    groupFilled: { summary: 'Begins a group whose seats have filled', entity: 'Group', on: ['MODIFY'] },
    countResults: { summary: 'Counts what came of a group whose plan was published', entity: 'Plan', on: ['INSERT'] },
    groupEnded: { summary: 'Ends the memberships of a group that has ended', entity: 'Group', on: ['MODIFY'] },
    markGroup: { summary: 'Marks a group whose members or likes were counted', entity: 'Group', on: ['MODIFY'] },
    markLike: { summary: 'Marks a group that is liked or not any more', entity: 'Like', on: ['INSERT', 'REMOVE'] },
    markMembership: {
      summary: 'Marks a group and an account when somebody comes or goes',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
    },
    markAccount: { summary: 'Marks an account whose counters moved', entity: 'Account', on: ['MODIFY'] },
    markBrick: { summary: 'Marks an account that earned or lost a brick', entity: 'Brick', on: ['INSERT', 'REMOVE'] },
    markReviews: {
      summary: 'Marks somebody whose reviews were written, changed or taken back',
      entity: 'Review',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
    },
    markReviewScore: { summary: 'Marks somebody whose reviews were counted', entity: 'ReviewScore', on: ['MODIFY'] },
  },
  rights: {
    stream: {
      read: ['Account', 'Credential', 'Mail', 'Suppression', 'Group', 'Listed', 'Plan'],
      query: ['certificationsByStatus', 'membersOfGroup', 'reportersOf', 'sessionsOfAccount', 'groupsOfAccount'],
      write: [
        'Plan',
        'Mail',
        'Listing',
        'Listed',
        'Group',
        'Membership',
        'Account',
        'Due',
        'Outbox',
        'Mark',
        'Reporter',
        'ReportCase',
      ],
      listObjects: ['files/'],
      deleteObjects: ['uploads/', 'pictures/', 'files/'],
      sendMail: true,
      secrets: ['SigningKey'],
    },
  },
});
