import { useState } from 'preact/hooks';
import { changed } from '../../app/cache.ts';
import type { Membership } from '../../app/data/leagues.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Face } from './people.tsx';

/** The board follows within a minute: then it is asked again. */
function follow(): void {
  void changed('leagues');
  setTimeout(() => void changed('leagues'), 75_000);
}

interface HowProps {
  readonly of: Membership;
  readonly onClose: () => void;
}

/** How one is shown, with what others see; from here one joins, and leaves. */
export function How({ of, onClose }: HowProps) {
  const say = useTexts('leagues');
  const [leaves, leave] = useState(false);
  const { takesPart, nickname, animal, animalName } = of;
  const save = async (shownAs: string) => {
    await api.leagues.joinLeagues({ body: { shownAs: shownAs as Membership['shownAs'] } });
    follow();
    tell(takesPart ? say.how.saved : say.join.joined);
    onClose();
  };
  if (leaves)
    return (
      <Confirm
        title={say.leave.title}
        lead={say.leave.lead}
        action={say.leave.action}
        danger
        onClose={onClose}
        onConfirm={async () => {
          await api.leagues.leaveLeagues();
          follow();
          tell(say.leave.left);
          onClose();
        }}
      />
    );
  const ways = [
    {
      value: 'ANIMAL',
      lead: <Face of={{ name: animalName, animal, picture: null }} />,
      title: say.how.animal,
      text: takesPart ? say.how.isAnimal(animalName) : say.how.asAnimal(animalName),
    },
    {
      value: 'NICKNAME',
      lead: <Face of={{ name: nickname, animal: null, picture: null }} />,
      title: say.how.name,
      text: say.how.asName(nickname),
    },
  ];
  return (
    <Sheet title={say.how.title} className="league-how" onClose={onClose}>
      <p className="soft">{say.how.lead}</p>
      <Form onSubmit={({ shownAs = 'ANIMAL' }) => save(shownAs)}>
        <fieldset className="tiles">
          <legend className="unseen">{say.how.title}</legend>
          {ways.map(({ value, lead, title, text }) => (
            <label key={value} className="tile league-way">
              <input type="radio" name="shownAs" value={value} defaultChecked={value === of.shownAs} />
              {lead}
              <span className="row-text">
                <b>{title}</b>
                <span className="soft">{text}</span>
              </span>
              <i className="tile-mark" aria-hidden="true">
                <Icon name="check" size={16} />
              </i>
            </label>
          ))}
        </fieldset>
        <Note icon="shield">
          {say.how.young} {say.how.past}
        </Note>
        <Submit>{takesPart ? say.how.save : say.how.join}</Submit>
      </Form>
      {takesPart && (
        <Button kind="plain" icon="leave" onClick={() => leave(true)}>
          {say.how.leave}
        </Button>
      )}
    </Sheet>
  );
}
