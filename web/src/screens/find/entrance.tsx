import { useState } from 'preact/hooks';
import { changed } from '../../app/cache.ts';
import type { Recruit, Viewer } from '../../app/data/finding.ts';
import { useOnce } from '../../app/once.ts';
import { faultOf, isExpected } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { textsOf, useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ApplySheet } from './apply.tsx';
import { Like } from './card.tsx';

interface EntranceProps {
  readonly group: Recruit;
  /** Undefined for guests. */
  readonly viewer: Viewer | undefined;
}

const complain = (error: unknown) => {
  if (!isExpected(error)) reportError(error);
  tell(faultOf(error).text ?? textsOf('common').silent);
};

/** The way into a group for the person who looks at it, or in words what stands in it. */
export function Entrance({ group, viewer }: EntranceProps) {
  const say = useTexts('find');
  const { refusals, ...r } = say.recruit;
  const signIn = `/sign-in?then=${encodeURIComponent(`/recruits/${group.id}`)}`;
  // A club takes people while it goes on.
  const isOpen = group.status === 'RECRUITING' || group.status === 'IN_PROGRESS';
  if (!viewer && group.kind === 'CLUB' && group.joinPolicy === 'APPLY' && isOpen)
    return (
      <Dock>
        <Button icon="mail" href={`/?club=${group.id}`}>
          {r.signUpClub}
        </Button>
        <Button kind="plain" href={signIn}>
          {r.haveAccount}
        </Button>
      </Dock>
    );
  if (!viewer)
    return (
      <Dock>
        <Button href={signIn}>{r.signIn}</Button>
      </Dock>
    );
  if (viewer.role || viewer.joinRefusal === 'ALREADY_MEMBER')
    return (
      <Dock>
        <Button href={`/groups/${group.id}`}>{r.go}</Button>
      </Dock>
    );
  if (viewer.application === 'PENDING') return <Waiting groupId={group.id} />;
  const like = <Like className="like-button" group={group} liked={viewer.liked} />;
  const refusal = viewer.joinRefusal;
  if (refusal && refusal !== 'ALREADY_APPLIED')
    return (
      <Dock>
        <p className="state-bar">{refusals[refusal]}</p>
        <div className="dock-pair">
          {like}
          <Button kind="quiet" href={`/find?category=${group.category}`}>
            {r.similar}
          </Button>
        </div>
      </Dock>
    );
  return (
    <Dock>
      {viewer.application === 'REJECTED' && <p className="state-bar">{say.application.rejected}</p>}
      <div className="dock-pair">
        {like}
        <WayIn group={group} />
      </div>
    </Dock>
  );
}

function WayIn({ group }: { readonly group: Recruit }) {
  const say = useTexts('find');
  const [isOpen, open] = useState(false);
  if (group.joinPolicy === 'INSTANT') return <Join groupId={group.id} />;
  if (group.joinPolicy === 'ADMIN') return <p className="state-bar">{say.recruit.byAdmin}</p>;
  if (group.joinPolicy !== 'APPLY') return <Button href="/invitations">{say.recruit.byInvite}</Button>;
  return (
    <>
      <Button icon="mail" onClick={() => open(true)}>
        {say.application.do}
      </Button>
      {isOpen && <ApplySheet group={group} onClose={() => open(false)} />}
    </>
  );
}

function Join({ groupId }: { readonly groupId: string }) {
  const r = useTexts('find').recruit;
  const once = useOnce();
  const [isBusy, work] = useState(false);
  const join = async () => {
    work(true);
    try {
      await once(groupId, (idempotencyKey) => api.memberships.joinGroup({ params: { groupId }, idempotencyKey }));
      void changed('today');
      void changed('group', groupId);
      navigate(`/groups/${groupId}`, { replace: true });
      tell(r.joined);
    } catch (error) {
      complain(error);
      work(false);
    }
    // Also after a refusal: what stands in the way has changed.
    void changed('recruit', groupId);
  };
  return (
    <Button icon="door" busy={isBusy} onClick={join}>
      {r.join}
    </Button>
  );
}

/** An application is under way: its state, and the way back. */
function Waiting({ groupId }: { readonly groupId: string }) {
  const say = useTexts('find').application;
  const [isOpen, open] = useState(false);
  return (
    <Dock>
      <p className="state-bar WAITING">
        <Icon name="clock" size={20} />
        {say.waiting}
      </p>
      <Button kind="plain" onClick={() => open(true)}>
        {say.withdraw}
      </Button>
      {isOpen && <WithdrawSheet groupId={groupId} onClose={() => open(false)} />}
    </Dock>
  );
}

export function WithdrawSheet({ groupId, onClose }: { readonly groupId: string; readonly onClose: () => void }) {
  const say = useTexts('find').application;
  const [isBusy, work] = useState(false);
  const withdraw = async () => {
    work(true);
    await api.applications.withdrawApplication({ params: { groupId } }).then(() => tell(say.withdrawn), complain);
    onClose();
    void changed('applications');
    void changed('recruit', groupId);
  };
  return (
    <Sheet title={say.withdrawTitle} onClose={onClose}>
      <p className="soft">{say.withdrawLead}</p>
      <Button kind="danger" busy={isBusy} onClick={withdraw}>
        {say.withdraw}
      </Button>
      <Button kind="plain" onClick={onClose}>
        {say.keep}
      </Button>
    </Sheet>
  );
}
