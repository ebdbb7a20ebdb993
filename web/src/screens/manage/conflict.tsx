import { useState } from 'preact/hooks';
import { fullDay } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { Tiles } from '../../ui/choices.tsx';
import { askName } from '../../ui/club.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { rhythmOf, tagName } from '../../ui/group-fields.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { Draft, Name } from './draft.ts';

type Side = 'theirs' | 'mine';

interface ConflictProps {
  readonly names: readonly Name[];
  readonly theirs: Draft;
  readonly mine: Draft;
  /** @param kept the names of which mine is to be saved */
  readonly onSave: (kept: readonly Name[]) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Somebody has changed the same meanwhile: both are shown, and nothing is lost before the person has chosen. */
export function Conflict({ names, theirs, mine, onSave, onClose }: ConflictProps) {
  const say = useTexts('manage').edit;
  const { groups, club } = useTexts('common');
  const language = locale.use();
  const [chosen, choose] = useState<Partial<Record<Name, Side>>>({});
  const sideOf = (name: Name): Side => chosen[name] ?? 'mine';
  const sides = [['theirs', 'phone', theirs] as const, ['mine', 'edit', mine] as const];
  return (
    <Sheet title={say.conflict.title} onClose={onClose}>
      <p className="soft">{say.conflict.lead}</p>
      <Form onSubmit={() => onSave(names.filter((name) => sideOf(name) === 'mine'))}>
        {names.map((name) => (
          <section key={name} className="conflict">
            <h3>{say.names[name]}</h3>
            <Tiles
              label={say.names[name]}
              options={sides.map(([value, icon, draft]) => ({
                value,
                icon,
                title: say.conflict[value],
                text: wordsOf(draft, name, { say, groups, club, language }) || say.conflict.nothing,
              }))}
              value={sideOf(name)}
              onChoose={(side) => choose({ ...chosen, [name]: side })}
            />
          </section>
        ))}
        <Submit>{say.conflict.save}</Submit>
      </Form>
    </Sheet>
  );
}

interface Words {
  readonly say: Texts<'manage'>['edit'];
  readonly groups: Texts<'common'>['groups'];
  readonly club: Texts<'common'>['club'];
  readonly language: string;
}

/** What stands in a field, as people read it. */
function wordsOf(draft: Draft, name: Name, { say, groups, club, language }: Words): string {
  switch (name) {
    case 'category':
      return groups.categories[draft.category];
    case 'audience':
      return draft.audience && groups.audiences[draft.audience];
    case 'tags':
      return draft.tags.map((tag) => tagName(tag, groups)).join(', ');
    case 'files':
      return draft.files.map((file) => file.name).join(', ');
    case 'frequency':
      return draft.frequency ? rhythmOf(draft.frequency, groups) : '';
    case 'approval':
      return groups.approvals[draft.approval];
    case 'joinPolicy':
      return draft.joinPolicy === 'ADMIN' ? '' : say.ways[draft.joinPolicy];
    case 'visibility':
      return say.sights[draft.visibility];
    case 'allowRejoin':
      return draft.allowRejoin ? say.rejoinYes : say.rejoinNo;
    case 'makeUps':
      return say.makeUpsOf(draft.makeUps);
    case 'membersMayCreate':
    case 'excusesNeedApproval':
      return draft[name] ? say.yes : say.no;
    case 'asks':
      return draft.asks.map((ask) => askName(ask, club)).join(', ');
    case 'startDate':
    case 'endDate':
    case 'recruitUntil':
      return draft[name] && fullDay(`${draft[name]}T12:00Z`, language);
    default:
      return String(draft[name]);
  }
}
