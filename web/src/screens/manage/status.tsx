import { useState } from 'preact/hooks';
import { changed } from '../../app/cache.ts';
import type { OwnGroup } from '../../app/data/groups.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Tiles } from '../../ui/choices.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Sheet } from '../../ui/sheet.tsx';

type Group = OwnGroup['group'];
type Settable = Parameters<typeof api.lifecycle.setStatus>[0]['body']['status'];
const icons = { RECRUITING: 'door', IN_PROGRESS: 'book', COMPLETED: 'check' } as const;

/** What a leader may make of a status: a group past its last day can only be completed. */
const nextOf = (status: Group['status']): readonly Settable[] =>
  status === 'FINISHED' ? ['COMPLETED'] : (Object.keys(icons) as Settable[]).filter((each) => each !== status);

/** Whether the group takes people, runs, or is done: as its leader says, not as its days do. */
export function StatusSheet({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const say = useTexts('manage').status;
  const options = nextOf(group.status);
  const [chosen, choose] = useState<Settable>(options[0]!);
  return (
    <Sheet title={say.title} onClose={onClose}>
      <p className="soft">{say.lead(say.names[group.status])}</p>
      <Form
        onSubmit={async () => {
          await api.lifecycle.setStatus({
            params: { groupId: group.id },
            body: { status: chosen },
            ifMatch: group.version,
          });
          await Promise.all([changed('group', group.id), changed('today')]);
          tell(say.changed(say.names[chosen]));
          onClose();
        }}
      >
        <Tiles
          label={say.title}
          options={options.map((value) => ({
            value,
            icon: icons[value],
            title: say.names[value],
            text: say.means[value],
          }))}
          value={chosen}
          onChoose={choose}
        />
        <Submit>{say.save}</Submit>
      </Form>
    </Sheet>
  );
}
