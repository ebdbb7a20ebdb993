import type { Member } from '../../app/data/groups.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';

interface CompanyProps {
  readonly groupId: string;
  /** The first ones who joined, once they are known. */
  readonly members: readonly Member[];
  /** Whether there are more of them. */
  readonly goesOn: boolean;
  /** Who is in the room; nobody while that is not known of each. */
  readonly here: readonly string[];
  readonly ownId: string;
}

/** Beside the room in a wide window: who is in it now, and the others of the group. Its place is there from the start. */
export function Company({ groupId, members, goesOn, here, ownId }: CompanyProps) {
  const say = useTexts('talk');
  const people = members.map((member, at) => ({ ...member, at, isHere: here.includes(member.accountId) }));
  const isKnown = people.some(({ isHere }) => isHere);
  const lists = [
    [say.who, people.filter(({ isHere }) => isHere)],
    [isKnown ? say.others : say.company, people.filter(({ isHere }) => !isHere)],
  ] as const;
  return (
    <aside className="chat-company" aria-label={say.company}>
      {lists.map(
        ([title, list]) =>
          list.length > 0 && (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              <ul>
                {list.map(({ accountId, nickname, picture, at, isHere }) => (
                  <li key={accountId}>
                    <Avatar name={nickname} picture={picture} at={at} size={34} online={isHere} />
                    <span>
                      {nickname}
                      {accountId === ownId && <span className="soft"> {say.me}</span>}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
      {goesOn && (
        <a className="link" href={`/groups/${groupId}/members`}>
          {say.allMembers}
        </a>
      )}
    </aside>
  );
}
