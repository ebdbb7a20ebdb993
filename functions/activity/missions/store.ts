export interface MissionItem {
  readonly groupId: string;
  readonly missionId: string;
  readonly title: string;
  readonly rule: string;
  readonly kind: 'REPEAT';
  readonly way: 'TEXT' | 'LINK' | 'PHOTO' | 'CHECKLIST';
  readonly approval: 'LEADER' | 'AUTO';
  readonly timesPerWeek: number;
  readonly weekdays: readonly number[];
  readonly perDayLimit: number;
  readonly createdAt: string;
}
