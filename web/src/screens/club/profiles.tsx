import './club.css';
import { useAnswer, useList } from '../../app/cache.ts';
import { profiles } from '../../app/data/clubs.ts';
import { group } from '../../app/data/groups.ts';
import { session } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { ProfileFacts } from '../../ui/club.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note, Tag } from '../../ui/rows.tsx';
import { More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** The members of a club as they know each other there, the first who joined first. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('club');
  const view = useAnswer(group(groupId));
  const list = useList(profiles(groupId));
  const state = session.use();
  const ownId = state.status === 'in' ? state.accountId : undefined;
  const back = `/groups/${groupId}/members`;
  if (!view.data || !list.items) return <Unready className="club" back={back} of={[view, list]} />;
  return (
    <Page className="club" title={say.profiles} sub={view.data.group.title} back={back}>
      <Note icon="lock">{say.inside}</Note>
      <ul className="card club-people">
        {list.items.map((person, at) => {
          const isEmpty = person.realName === null && person.level === null && person.homeGym === null;
          return (
            <li key={person.accountId}>
              <Avatar name={person.nickname} at={at} size={42} />
              <div>
                <h2>
                  {person.nickname} {person.accountId === ownId && <Tag>{say.me}</Tag>}
                </h2>
                {isEmpty ? <p className="soft">{say.empty}</p> : <ProfileFacts of={person} />}
              </div>
            </li>
          );
        })}
      </ul>
      <More of={list} />
      <Dock>
        <Button icon="edit" href={`/groups/${groupId}/profile`}>
          {say.edit}
        </Button>
      </Dock>
    </Page>
  );
}
