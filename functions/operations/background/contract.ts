import { feature } from '../../../shared/core/contract.ts';

/** DynamoDB serves two readers of its stream well. This one does what may take a while; `deliveries` does the rest. */
export const contract = feature({
  name: 'background',
  summary: 'Work that may take a while: mails, public lists and clean-up of files',
  consumers: {
    mailCode: { summary: 'Mails a code that somebody requested', entity: 'EmailCode', on: ['INSERT', 'MODIFY'] },
    sendMail: { summary: 'Sends an ordered mail', entity: 'Mail', on: ['INSERT'] },
    dropPicture: {
      summary: 'Deletes the images of a replaced picture',
      entity: 'Account',
      on: ['MODIFY', 'REMOVE'],
    },
    relist: {
      summary: 'Updates the entries of a group in the public lists',
      entity: 'Group',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
    },
    dropUpload: {
      summary: 'Deletes the file of a used upload, and results of it that were never shown',
      entity: 'Upload',
      on: ['MODIFY', 'REMOVE'],
    },
    tellReporters: {
      summary: 'Notifies reporters of the decision',
      entity: 'ReportCase',
      on: ['INSERT', 'MODIFY'],
    },
    leaderGone: { summary: 'Records when the last session of a leader ended', entity: 'Session', on: ['REMOVE'] },
    dropCase: { summary: 'Deletes the reports on an unpublished plan', entity: 'Plan', on: ['REMOVE'] },
    dropFiles: {
      summary: 'Deletes files that a group no longer shows',
      entity: 'Group',
      on: ['MODIFY'],
    },
    dropUnusedFile: {
      summary: 'Deletes the stored file of an expired upload that no group shows',
      entity: 'Upload',
      on: ['REMOVE'],
    },
    groupChanged: { summary: 'Updates a changed group in the lists of its members', entity: 'Group', on: ['MODIFY'] },
    groupFilled: { summary: 'Starts a group when its seats are full', entity: 'Group', on: ['MODIFY'] },
    countResults: { summary: 'Counts the results of a published plan', entity: 'Plan', on: ['INSERT'] },
    groupEnded: { summary: 'Ends the memberships of a group that has ended', entity: 'Group', on: ['MODIFY'] },
    markGroup: { summary: 'Marks a group whose counters changed', entity: 'Group', on: ['MODIFY'] },
    markLike: { summary: 'Marks a group that gained or lost a like', entity: 'Like', on: ['INSERT', 'REMOVE'] },
    markMembership: {
      summary: 'Marks the group and the account of a changed membership',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
    },
    markAccount: { summary: 'Marks an account whose counters changed', entity: 'Account', on: ['MODIFY'] },
    markBrick: { summary: 'Marks an account that earned or lost a brick', entity: 'Brick', on: ['INSERT', 'REMOVE'] },
    markReviews: {
      summary: 'Marks an account whose reviews were written, changed or deleted',
      entity: 'Review',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
    },
    markReviewScore: { summary: 'Marks an account whose review score changed', entity: 'ReviewScore', on: ['MODIFY'] },
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
