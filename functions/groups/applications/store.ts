import { anyOf, is } from '../../../shared/data/conditions.ts';
import { create, type Write } from '../../../shared/data/writes.ts';
import type { ApplicationItem } from '../core/items.ts';
import { settledStates } from '../core/rules.ts';

/** A new application; it takes the place of an old one that nobody waits for any more. */
export const applied = (application: ApplicationItem): Write =>
  create('Application', { ...application }, { orWhen: anyOf(...settledStates.map((state) => is('state', state))) });
