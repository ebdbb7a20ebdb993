import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { mailerOf } from '../../../shared/adapters/mail.ts';
import { signingKeysOf } from '../../../shared/adapters/signing-key.ts';
import { streamFunction } from '../../../shared/events/stream.ts';
import { mailCode } from '../../accounts/accounts/mail-code.ts';
import { dropPicture, dropUpload } from '../../accounts/profiles/cleanup.ts';
import { relist } from '../../groups/core/listing.ts';
import { dropFiles, dropUnusedFile } from '../../groups/groups/files.ts';
import { groupChanged, groupEnded, groupFilled } from '../../groups/lifecycle/follow.ts';
import { leaderGone } from '../../groups/memberships/silence.ts';
import { countResults } from '../../groups/plans/results.ts';
import { sendMail } from '../../talking/mail/service.ts';
import { markTouched } from '../reconciliation/marks.ts';
import { dropCase, tellReporters } from '../reports/telling.ts';
import { contract } from './contract.ts';

export const stream = /* @__PURE__ */ streamFunction(
  contract,
  {
    mailCode,
    sendMail,
    relist,
    dropPicture,
    dropUpload,
    tellReporters,
    dropCase,
    leaderGone,
    dropFiles,
    dropUnusedFile,
    groupChanged,
    groupFilled,
    groupEnded,
    countResults,
    markGroup: markTouched,
    markLike: markTouched,
    markMembership: markTouched,
    markAccount: markTouched,
    markBrick: markTouched,
    markReviews: markTouched,
    markReviewScore: markTouched,
  },
  { signingKeys: signingKeysOf, mailer: mailerOf, bucket: bucketOf },
);
