import { kind } from '../../../shared/data/kind.ts';

export interface AgendaItem {
  readonly groupId: string;
  /** What a card of the group shows besides what a membership knows, packed (`rules.ts`). Absent once the group has ended. */
  readonly card?: string;
  /** The certifications that wait for a decision, packed (`rules.ts`): the 100 oldest. Absent if there are none. */
  readonly certifications?: string;
  /** Applications that wait for a decision, counted up to 100. Absent if there are none. */
  readonly applications?: number;
  /** Excuses that wait for a decision, counted up to 100. Absent if there are none. */
  readonly excuses?: number;
  /** Reports that wait for the leader's decision, counted up to 100. Absent if there are none. */
  readonly reports?: number;
  /** When the group meets, packed (`rules.ts`). Absent if it never does. */
  readonly meetings?: string;
  /** The missions of the group, packed (`rules.ts`): `mission {missionId}`. */
  readonly [mission: `mission ${string}`]: string;
}

export const items = {
  Agenda: kind<AgendaItem>()({
    about:
      'what the home screen shows of a group: its notice and seats, its missions and meetings, and how much waits for a decision',
    pk: 'AGENDA#{groupId}',
    sk: 'AGENDA',
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
  }),
} as const;
