import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import type { Deps } from '../../../shared/kernel.ts';
import { eraseAccount } from '../../accounts/privacy/erasing.ts';
import { makeExport } from '../../accounts/privacy/exporting.ts';
import { partsOf } from '../../accounts/privacy/parts.ts';
import { dropUnusedPicture } from '../../accounts/profiles/cleanup.ts';
import { closeAttendance } from '../../activity/attendance/closing.ts';
import { closeLeague, publishLeague } from '../../activity/leagues/following.ts';
import { missionLife } from '../../activity/missions/life.ts';
import { closeBoards, publishRanking } from '../../activity/rankings/following.ts';
import { remind } from '../../activity/reminders/sending.ts';
import type { DueKindName } from '../../features.ts';
import { dropUnusedFile } from '../../groups/groups/files.ts';
import { groupDates } from '../../groups/lifecycle/dates.ts';
import { purgeGroup } from '../../groups/lifecycle/purge.ts';
import { emptyRooms, purgeRoom } from '../../talking/chat/retention.ts';
import { dropUnusedChatFiles } from '../../talking/chat-files/dropping.ts';
import { pushOf } from '../../talking/devices/push.ts';
import { endPoll } from '../../talking/polls/closing.ts';
import { remindOfPoll } from '../../talking/polls/telling.ts';
import { pushHeld } from '../../talking/volumes/bundling.ts';
import { pushRoom } from '../../talking/volumes/chatting.ts';
import { endSuspension } from '../admin/suspending.ts';
import { tellOfWaiting } from '../admin/waiting.ts';
import { motivationsOf } from '../motivations/remembered.ts';
import { contract } from './contract.ts';
import { tickOf } from './service.ts';

/** What the work of any kind needs besides the table. */
const adapters = {
  ...{ bucket: bucketOf, storeInParts: partsOf, motivations: motivationsOf },
  ...{ sockets: socketsOf, push: pushOf },
};

/** The work of every kind that a contract names under `due`. */
const tick = /* @__PURE__ */ tickOf<Deps<typeof adapters>>({
  missionLife: { work: missionLife },
  groupDates: { work: groupDates },
  purgeGroup: { work: purgeGroup },
  endSuspension: { work: endSuspension },
  tellOfWaiting: { work: tellOfWaiting },
  eraseAccount: { work: eraseAccount, long: true },
  dropUnusedPicture: { work: dropUnusedPicture },
  dropUnusedFile: { work: dropUnusedFile },
  dropUnusedChatFiles: { work: dropUnusedChatFiles },
  purgeRoom: { work: purgeRoom },
  emptyRooms: { work: emptyRooms },
  endPoll: { work: endPoll },
  remindOfPoll: { work: remindOfPoll },
  publishRanking: { work: publishRanking },
  closeBoards: { work: closeBoards },
  closeAttendance: { work: closeAttendance },
  // Many may lay bricks in one minute of the evening.
  publishLeague: { work: publishLeague, long: true },
  closeLeague: { work: closeLeague, long: true },
  remind: { work: remind },
  // A push service may take seconds, and a club has 500 members.
  pushHeld: { work: pushHeld, long: true },
  pushRoom: { work: pushRoom, long: true },
  makeExport: { work: makeExport, long: true },
} satisfies Record<DueKindName, unknown>);

export const job = /* @__PURE__ */ jobFunction(contract, { tick }, adapters);
