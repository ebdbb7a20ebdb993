import { kind } from '../../../shared/data/kind.ts';

export interface AgendaItem {
  readonly groupId: string;
  /** The certifications that wait for a decision, packed (`rules.ts`): the 100 oldest. Absent if there are none. */
  readonly certifications?: string;
  /** Applications that wait for a decision, counted up to 100. Absent if there are none. */
  readonly applications?: number;
  /** The missions of the group, packed (`rules.ts`): `mission {missionId}`. */
  readonly [mission: `mission ${string}`]: string;
}

export const items = {
  Agenda: kind<AgendaItem>()({
    about: 'what a group asks of its members and of those who lead it: its missions, and how much waits for a decision',
    pk: 'AGENDA#{groupId}',
    sk: 'AGENDA',
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
  }),
} as const;
