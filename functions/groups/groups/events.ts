/** What open pages are told of a group. */
import * as z from 'zod';
import { id, serverEvent } from '../../../shared/core/contract.ts';
import { groupStatuses } from '../core/values.ts';

export const groupChanged = serverEvent({
  name: 'group.changed',
  summary: 'A group that you are in has changed, apart from its counters',
  data: z
    .object({
      groupId: id,
      status: z
        .enum(groupStatuses)
        .nullable()
        .meta({ description: 'Null: the group has ended, and you no longer see it' }),
    })
    .meta({ id: 'GroupChanged' }),
});
export type GroupChanged = z.infer<typeof groupChanged.data>;
