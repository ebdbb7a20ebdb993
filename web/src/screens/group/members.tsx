import './group.css';
import { useAnswer } from '../../app/cache.ts';
import { useUnreadTalk } from '../../app/data/chat.ts';
import { group, members } from '../../app/data/groups.ts';
import { session } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Who is in a group, the first who joined first. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const view = useAnswer(group(groupId));
  const company = useAnswer(members(groupId));
  const state = session.use();
  const ownId = state.status === 'in' ? state.accountId : undefined;
  const places = <Places groupId={groupId} now="members" unread={useUnreadTalk(groupId)} />;
  if (!view.data || !company.data)
    return <Unready className="group" title={view.data?.group.title} places={places} of={[view, company]} />;
  const { group: about, role: ownRole } = view.data;
  const hasRoom = about.memberCount < about.capacity;
  return (
    <Page className="group" title={about.title} sub={say.members(about.memberCount, about.capacity)} places={places}>
      <div className="members">
        {about.kind === 'CLUB' && (
          <Rows>
            <Row href={`/groups/${groupId}/profiles`} lead={<Tile icon="people" tone="new" />} title={say.profiles} />
          </Rows>
        )}
        <Rows>
          {company.data.items.map(({ accountId, nickname, picture, role, online }, at) => (
            <Row
              key={accountId}
              lead={<Avatar name={nickname} picture={picture} at={at} size={42} online={online} />}
              title={nickname}
              text={[accountId === ownId && say.me, online && say.online].filter(Boolean).join(' · ')}
              href={`/groups/${groupId}/progress/${accountId}`}
              end={role !== 'MEMBER' && <Tag>{say.roles[role]}</Tag>}
            />
          ))}
        </Rows>
      </div>
      {ownRole === 'LEADER' && (
        <Dock two={hasRoom}>
          <Button kind="quiet" href={`/groups/${groupId}/people`}>
            {say.manageMembers}
          </Button>
          {hasRoom && (
            <Button icon="chain" href={`/groups/${groupId}/invites`}>
              {say.invite}
            </Button>
          )}
        </Dock>
      )}
    </Page>
  );
}
