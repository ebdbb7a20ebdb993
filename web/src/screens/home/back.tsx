import { useState } from 'preact/hooks';
import { changed } from '../../app/cache.ts';
import type { TodayInGroup } from '../../app/data/account.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';

/** The days on which the person wanted to choose later, by group: on this device, for that day. */
const later = () => JSON.parse(localStorage.getItem('back-later') ?? '{}') as Readonly<Record<string, string>>;

/** The group in which something is offered after time away: one at a time. */
export const awayFrom = (items: readonly TodayInGroup[]): TodayInGroup | undefined => {
  const put = later();
  return items.find(({ back, group, day }) => back && put[group.id] !== day);
};

/** A warm word after a week away. What was missed is not said; what was reached is. */
export function Back({ of, onLater }: { readonly of: TodayInGroup; readonly onLater: () => void }) {
  const say = useTexts('home').back;
  const [isBusy, work] = useState(false);
  const { group, streak, day } = of;
  const goOn = async () => {
    work(true);
    await api.returning
      .comeBack({
        params: { groupId: group.id },
        body: { choice: 'GO_ON', greet: false },
        idempotencyKey: crypto.randomUUID(),
      })
      .then(() => tell(say.done), complain);
    await changed('today');
    work(false);
  };
  const dismiss = () => {
    localStorage.setItem('back-later', JSON.stringify({ ...later(), [group.id]: day }));
    onLater();
  };
  return (
    <section className="card home-back" aria-labelledby="back">
      <header>
        <div>
          <h2 id="back">{say.title}</h2>
          <p className="soft">{group.title}</p>
        </div>
        <Round icon="close" label={say.later} onClick={dismiss} />
      </header>
      <p>
        {say.lead}
        {streak && streak.best > 0 && ` ${say.best(say.counted[streak.unit](streak.best))}`}
      </p>
      <div className="home-back-do">
        <Button busy={isBusy} onClick={goOn}>
          {say.goOn}
        </Button>
        <Button kind="quiet" href={`/groups/${group.id}/return`}>
          {say.other}
        </Button>
      </div>
    </section>
  );
}
