import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { cache, changed, useAnswer } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { type Application, applicantReviews, applications } from '../../app/data/manage.ts';
import { ago } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { ProfileFacts } from '../../ui/club.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Who wants to join, one after the other. A decided one leaves at once, and comes back if moim says no. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').applications;
  const view = useAnswer(group(groupId));
  const queue = useAnswer(applications(groupId));
  const [rejected, reject] = useState<Application>();
  const frame = { className: 'manage', title: say.title, back: `/groups/${groupId}/manage` };
  if (!view.data || !queue.data) return <Unready {...frame} of={[view, queue]} rows={1} />;
  const { group: about } = view.data;
  const { items } = queue.data;
  const [first] = items;
  const one = ({ accountId }: Application) => ({ params: { groupId, accountId } });

  const decided = ({ accountId }: Application, text: string) => {
    const left = items.filter((each) => each.accountId !== accountId);
    cache.setQueryData(applications(groupId).key, { ...queue.data!, items: left });
    tell(text);
    // The list lags by a moment behind a decision, so it is asked again only when it is empty.
    if (left.length === 0) void changed('group', groupId);
    void changed('today');
  };
  const accept = async (it: Application) => {
    await api.applications.acceptApplication(one(it)).then(
      () => decided(it, say.accepted(it.nickname)),
      (error) => {
        complain(error);
        return changed('group', groupId);
      },
    );
  };
  const seats = Math.max(0, about.capacity - about.memberCount);
  if (!first)
    return (
      <Page {...frame} sub={about.title}>
        <Empty title={say.none} lead={say.noneLead}>
          <Button kind="quiet" href={`/groups/${groupId}/invites`}>
            {say.invite}
          </Button>
        </Empty>
      </Page>
    );
  return (
    <Page {...frame} sub={say.seats(seats)} end={<span className="chip">{say.left(items.length)}</span>}>
      <Applicant key={first.accountId} of={first} groupId={groupId} />
      <Decide onReject={() => reject(first)} onAccept={() => accept(first)} isFull={seats === 0} />
      {rejected && (
        <Confirm
          title={say.rejectTitle(rejected.nickname)}
          lead={say.rejectLead}
          action={say.rejectDo}
          onClose={() => reject(undefined)}
          onConfirm={async ({ reason = '' }) => {
            await api.applications.rejectApplication({ ...one(rejected), body: reason ? { reason } : {} });
            decided(rejected, say.rejected(rejected.nickname));
          }}
        >
          <Field
            label={say.reason}
            name="reason"
            rows={3}
            hint={say.reasonHint}
            maxLength={limits.decisionReason}
            required={about.kind === 'CLUB'}
          />
        </Confirm>
      )}
    </Page>
  );
}

interface DecideProps {
  readonly isFull: boolean;
  readonly onReject: () => void;
  readonly onAccept: () => Promise<void>;
}

function Decide({ isFull, onReject, onAccept }: DecideProps) {
  const say = useTexts('manage').applications;
  const [isBusy, work] = useState(false);
  const accept = async () => {
    work(true);
    await onAccept();
    work(false);
  };
  return (
    <Dock two>
      <Button kind="quiet" disabled={isBusy} onClick={onReject}>
        {say.reject}
      </Button>
      <Button icon="check" busy={isBusy} disabled={isFull} onClick={accept}>
        {isFull ? say.full : say.accept}
      </Button>
    </Dock>
  );
}

function Applicant({ of, groupId }: { readonly of: Application; readonly groupId: string }) {
  const say = useTexts('manage').applications;
  const language = locale.use();
  const { nickname, picture, message, appliedAt, reputation, profile } = of;
  return (
    <article className="card application">
      <header>
        <Avatar name={nickname} picture={picture} at={0} size={56} />
        <div>
          <h2>{nickname}</h2>
          <span className="soft">{say.applied(ago(appliedAt, language))}</span>
        </div>
      </header>
      <p className="tags">
        {reputation.average === null ? (
          <Tag>{say.noReviews}</Tag>
        ) : (
          <Tag icon="check" tone="good">
            {say.average(reputation.average, reputation.count)}
          </Tag>
        )}
      </p>
      {profile && <ProfileFacts of={profile} />}
      <blockquote>{message || <span className="soft">{say.noMessage}</span>}</blockquote>
      {reputation.count > 0 && <Reviews groupId={groupId} accountId={of.accountId} />}
    </article>
  );
}

/** They come when they are asked for: the screen itself asks twice. */
function Reviews({ groupId, accountId }: { readonly groupId: string; readonly accountId: string }) {
  const say = useTexts('manage').applications;
  const [isOpen, open] = useState(false);
  const known = useAnswer(applicantReviews(groupId, accountId), isOpen);
  if (!isOpen)
    return (
      <Button small kind="quiet" onClick={() => open(true)}>
        {say.reviews}
      </Button>
    );
  if (!known.data) return <Unanswered of={[known]} rows={1} />;
  return (
    <>
      <h3>{say.reviews}</h3>
      <ul className="reviews">
        {known.data.items.map(({ score, text }, at) => (
          <li key={at}>
            <b>{say.score(score)}</b>
            {text && <p>{text}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
