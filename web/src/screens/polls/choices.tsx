/** The choices of a poll: cards to choose among, which become bars. */
import { useId, useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { type Poll, voters } from '../../app/data/polls.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';

type PollChoice = Poll['choices'][number];

interface ChoicesProps {
  readonly groupId: string;
  readonly of: Poll;
  /** While one votes: what is chosen now. */
  readonly chosen?: readonly string[];
  readonly onChoose?: (chosen: readonly string[]) => void;
}

export function Choices({ groupId, of, chosen, onChoose }: ChoicesProps) {
  const say = useTexts('polls');
  const [asked, ask] = useState<PollChoice>();
  const name = useId();
  const most = Math.max(1, ...of.choices.map(({ count }) => count ?? 0));
  const isOver = of.state === 'CLOSED';
  const toggle = (id: string) => {
    if (!chosen) return;
    if (!of.multiple) onChoose?.([id]);
    else onChoose?.(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  };
  return (
    <fieldset className="ballot">
      <legend className={chosen ? undefined : 'unseen'}>
        {chosen ? (of.multiple ? say.pickSome : say.pickOne) : say.choices}
      </legend>
      {of.choices.map((each) => {
        const { id, text, count } = each;
        const isMine = of.mine?.includes(id) ?? false;
        const percent = count === null || of.voters === 0 ? 0 : Math.round((count * 100) / of.voters);
        const Frame = chosen ? 'label' : 'div';
        return (
          <Frame key={id} className={cx('tile ballot-choice', isMine && !chosen && 'mine')}>
            {chosen && (
              <input
                type={of.multiple ? 'checkbox' : 'radio'}
                name={name}
                value={id}
                checked={chosen.includes(id)}
                onChange={() => toggle(id)}
              />
            )}
            {count !== null && <i className="ballot-bar" style={{ inlineSize: `${percent}%` }} aria-hidden="true" />}
            <span className="ballot-text">{text}</span>
            {chosen && (
              <i className={cx('tile-mark', of.multiple && 'several')} aria-hidden="true">
                <Icon name="check" size={18} />
              </i>
            )}
            <span className="ballot-facts">
              {count !== null && <span className="ballot-count">{say.count(count, percent)}</span>}
              {!chosen && isMine && (
                <span className="ballot-own">
                  <Icon name="check" size={16} />
                  {say.mine}
                </span>
              )}
              {isOver && count === most && (
                <span className="ballot-own">
                  <Icon name="crown" size={16} />
                  {say.most}
                </span>
              )}
              {!chosen && !of.anonymous && count !== null && count > 0 && (
                <button
                  type="button"
                  className="ballot-who"
                  aria-label={say.whoOf(text, count)}
                  onClick={() => ask(each)}
                >
                  <Icon name="people" size={20} />
                </button>
              )}
            </span>
          </Frame>
        );
      })}
      {asked && <Who groupId={groupId} pollId={of.id} of={asked} onClose={() => ask(undefined)} />}
    </fieldset>
  );
}

interface WhoProps {
  readonly groupId: string;
  readonly pollId: string;
  readonly of: PollChoice;
  readonly onClose: () => void;
}

function Who({ groupId, pollId, of, onClose }: WhoProps) {
  const say = useTexts('polls');
  const answer = useAnswer(voters(groupId, pollId, of.id));
  const { data } = answer;
  const more = data ? data.count - data.items.length : 0;
  return (
    <Sheet title={say.who(of.text)} onClose={onClose}>
      {!data ? (
        <Unanswered of={[answer]} rows={2} />
      ) : data.count === 0 ? (
        <Empty title={say.nobody} />
      ) : (
        <>
          {data.items.length > 0 && (
            <Rows>
              {data.items.map(({ id, nickname, picture }, at) => (
                <Row key={id} lead={<Avatar name={nickname} picture={picture} at={at} />} title={nickname} />
              ))}
            </Rows>
          )}
          {more > 0 && <p className="soft">{say.whoMore(more)}</p>}
        </>
      )}
    </Sheet>
  );
}
