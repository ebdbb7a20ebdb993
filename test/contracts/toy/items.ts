import { kind } from '../../../shared/data/kind.ts';

export interface KudosItem {
  readonly groupId: string;
  readonly kudosId: string;
  readonly accountId: string;
  readonly to: string;
  readonly text: string;
  readonly createdAt: string;
  readonly hiddenAt?: string;
}

export interface KudosBoardItem {
  readonly groupId: string;
  readonly total: number;
  readonly thisWeek: number;
  /** There while something of this week is counted. */
  readonly clear?: 'MONDAY';
  /** How often its counters have moved. */
  readonly moves?: number;
}

export const items = {
  Kudos: kind<KudosItem>()({
    about: 'a member has thanked another',
    pk: 'KUDOS#{groupId}',
    sk: 'KUDOS#{kudosId}',
    gsi1: { pk: 'KUDOSBY#{accountId}', sk: '{createdAt}#{kudosId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: { group: { dropped: { pattern: 'kudosOfGroup' } }, account: { stays: 'it belongs to whom it was given' } },
    archive: { as: 'kudos', found: { pattern: 'kudosByAccount' } },
    patterns: {
      kudosOfGroup: { serves: 'who thanked whom in a group, oldest first' },
      kudosByAccount: { serves: 'whom somebody has thanked', index: 'gsi1' },
    },
  }),
  KudosBoard: kind<KudosBoardItem>()({
    about: 'how often the members of a group have thanked each other',
    pk: 'KUDOSBOARD#{groupId}',
    sk: 'BOARD',
    gsi1: { pk: 'KUDOSBOARDS#{clear}', sk: '{clear}#{groupId}', sparse: true },
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
    counters: { total: { counts: 'kudosOfGroup' } },
    patterns: {
      kudosBoardsToClear: { serves: 'boards that the next Monday clears', index: 'gsi1' },
    },
  }),
} as const;
