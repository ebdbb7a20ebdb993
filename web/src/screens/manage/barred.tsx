import './manage.css';
import { useState } from 'preact/hooks';
import { changed, useList } from '../../app/cache.ts';
import { type BarredPerson, barred } from '../../app/data/manage.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Page } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Who was removed, and may come back when the leader says so. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').barred;
  const language = locale.use();
  const list = useList(barred(groupId));
  const [chosen, choose] = useState<BarredPerson>();
  const frame = { className: 'manage list', title: say.title, back: `/groups/${groupId}/people` };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  return (
    <Page {...frame}>
      {list.items.length === 0 ? (
        <Empty title={say.none} lead={say.noneLead} />
      ) : (
        <Rows>
          {list.items.map((person, at) => (
            <Row
              key={person.accountId}
              lead={<Avatar name={person.nickname} picture={person.picture} at={at} size={42} />}
              title={person.nickname}
              text={`${fullDay(person.since, language)} · ${person.reason}`}
              end={
                <Button small kind="quiet" onClick={() => choose(person)}>
                  {say.lift}
                </Button>
              }
            />
          ))}
        </Rows>
      )}
      <More of={list} />
      {chosen && (
        <Confirm
          title={say.liftTitle(chosen.nickname)}
          lead={say.liftLead}
          action={say.lift}
          onClose={() => choose(undefined)}
          onConfirm={async () => {
            await api.memberships.liftKick({ params: { groupId, accountId: chosen.accountId } });
            await changed('group', groupId);
            tell(say.lifted(chosen.nickname));
          }}
        />
      )}
    </Page>
  );
}
