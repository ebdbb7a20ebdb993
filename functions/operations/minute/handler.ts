import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import type { Deps } from '../../../shared/kernel.ts';
import { eraseAccount } from '../../accounts/privacy/erasing.ts';
import { makeExport } from '../../accounts/privacy/exporting.ts';
import { partsOf } from '../../accounts/privacy/parts.ts';
import { dropUnusedPicture } from '../../accounts/profiles/cleanup.ts';
import { missionLife } from '../../activity/missions/life.ts';
import { remind } from '../../activity/reminders/sending.ts';
import type { DueKindName } from '../../features.ts';
import { dropUnusedFile } from '../../groups/groups/files.ts';
import { groupDates } from '../../groups/lifecycle/dates.ts';
import { purgeGroup } from '../../groups/lifecycle/purge.ts';
import { emptyRooms, purgeRoom } from '../../talking/chat/retention.ts';
import { endSuspension } from '../admin/suspending.ts';
import { tellOfWaiting } from '../admin/waiting.ts';
import { motivationsOf } from '../motivations/remembered.ts';
import { contract } from './contract.ts';
import { tickOf } from './service.ts';

/** What the work of any kind needs besides the table. */
const adapters = { bucket: bucketOf, storeInParts: partsOf, motivations: motivationsOf };

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
  purgeRoom: { work: purgeRoom },
  emptyRooms: { work: emptyRooms },
  remind: { work: remind },
  makeExport: { work: makeExport, long: true },
} satisfies Record<DueKindName, unknown>);

export const job = /* @__PURE__ */ jobFunction(contract, { tick }, adapters);
