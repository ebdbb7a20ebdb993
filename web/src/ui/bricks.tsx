/** People, days and numbers as bricks. */
import { weekday, weekdayName } from '../app/days.ts';
import { locale } from '../app/settings.ts';
import { type Texts, useTexts } from '../messages/index.ts';
import { cx } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** The colours that bricks come in: one for each member, by the order in which they joined. Their names stand beside them. */
export const hue = (at: number) => `hue-${((at % 8) + 8) % 8}`;

/** The same for somebody whose place among the members is not known here: their id gives it, wherever they are shown. */
export const placeBy = (accountId: string) => Number.parseInt(accountId.slice(-2), 16);

/** By which the colour of a person is chosen: the brick of their choice, else their place. */
export const colourOf = (picture: { readonly avatar?: number | null } | undefined, at: number): number =>
  picture?.avatar ? picture.avatar - 1 : at;

interface AvatarProps {
  readonly name: string;
  /** The place by which the colour is chosen. */
  readonly at: number;
  readonly picture?: { readonly thumbnailUrl: string | null; readonly avatar?: number | null } | undefined;
  readonly size?: number;
  readonly online?: boolean;
}

/** A face: the picture, or the first letter on the brick that the person chose. The name stands beside it. */
export const Avatar = ({ name, at, picture, size = 36, online }: AvatarProps) => {
  const side = { width: `${size}px`, height: `${size}px` };
  return (
    <span
      className={cx('avatar', hue(colourOf(picture, at)), online && 'online')}
      style={{ ...side, fontSize: `${Math.max(13, size * 0.42)}px` }}
      aria-hidden="true"
    >
      {picture?.thumbnailUrl ? <img src={picture.thumbnailUrl} alt="" width={size} height={size} /> : [...name][0]}
    </span>
  );
};

/** `APPROVED`, `WAITING`, `DENIED`: a certification. `laid`: one, in whatever state. `now`: today, nothing yet. */
export type DayState = keyof Texts<'common'>['days'];
const signs: Partial<Record<DayState, IconName>> = {
  laid: 'check',
  APPROVED: 'check',
  WAITING: 'clock',
  DENIED: 'undo',
};

interface WeekProps {
  readonly days: readonly { readonly day: string; readonly state: DayState; readonly isToday: boolean }[];
}

/** The days of a week as bricks, each with its sign and, for those who do not see it, its words. */
export const Week = ({ days }: WeekProps) => {
  const say = useTexts('common');
  const language = locale.use();
  return (
    <ol className="week" aria-label={say.week}>
      {days.map(({ day, state, isToday }) => (
        <li key={day} className={cx(state === 'now' ? 'none' : state, isToday && 'now')}>
          <span aria-hidden="true">{weekday(day, language)}</span>
          <i>{signs[state] && <Icon name={signs[state]} size={14} />}</i>
          <span className="unseen">
            {weekdayName(day, language)}: {say.days[state]}
          </span>
        </li>
      ))}
    </ol>
  );
};
