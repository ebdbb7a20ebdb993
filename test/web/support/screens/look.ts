/** What a screen that is looked at needs: who opens it, where, and how one knows that it is there. */
import type { Team } from '../../../support/scene.ts';
import type { Meeting } from '../attendance.ts';
import type { Visitor } from '../browser.ts';
import type { Climbing } from '../climbs.ts';
import type { Doing } from '../missions.ts';
import type { Polls } from '../polls.ts';
import type { Written } from '../posts.ts';
import type { Talking } from '../talking.ts';
import type { Town } from '../town.ts';

/** What the screens show. */
export type Scene = Omit<Team, 'member'> & {
  readonly town: Town;
  readonly doing: Doing;
  readonly written: Written;
  readonly polls: Polls;
  readonly meeting: Meeting;
  readonly talking: Talking;
  readonly climbing: Climbing;
  readonly clubId: string;
  readonly teamId: string;
  /** Somebody who has written to the leader, and was answered. */
  readonly writerId: string;
  /** Somebody whose account was suspended. */
  readonly noisyId: string;
};
export interface Look {
  readonly name: string;
  /** Nobody is signed in. */
  readonly asGuest?: true;
  /** An administrator is, who also leads a club. */
  readonly asAdmin?: true;
  readonly path: (scene: Scene) => string;
  /** The title in Korean and English: the screen is there. */
  readonly titles: readonly [ko: RegExp, en: RegExp];
  /** What opens something on it. */
  readonly opens?: (visitor: Visitor, locale: 'ko' | 'en') => Promise<unknown>;
}

/** The button with this name alone; a pattern where the name goes on. */
export const click = (ko: string | RegExp, en: string | RegExp) => (visitor: Visitor, locale: 'ko' | 'en') =>
  visitor.page.getByRole('button', { name: locale === 'ko' ? ko : en, exact: true }).click();
