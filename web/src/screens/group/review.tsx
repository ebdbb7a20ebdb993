import './group.css';
import './review.css';
import { useEffect, useState } from 'preact/hooks';
import { cache, changed, useAnswer } from '../../app/cache.ts';
import { type Certification, members, waiting } from '../../app/data/groups.ts';
import { faultOf } from '../../app/problem.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Proof } from './proof.tsx';
import { Several } from './several.tsx';
import { Why } from './why.tsx';

/** Milliseconds after which photos that are being prepared are looked at again. */
const preparing = 3000;

/** What waits for a decision, one after the other. A decided one leaves at once, and comes back if moim says no. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const common = useTexts('common');
  const queue = useAnswer(waiting(groupId));
  const people = useAnswer(members(groupId));
  const [denied, askWhy] = useState<Certification>();
  const [isMany, choose] = useState(false);
  const items = queue.data?.items ?? [];
  const [proof] = items;
  const isSoon = isMany
    ? items.some(({ imagesState }) => imagesState === 'DECODING')
    : proof?.imagesState === 'DECODING';
  useEffect(() => {
    if (!isSoon) return;
    const timer = setInterval(() => queue.refetch(), preparing);
    return () => clearInterval(timer);
  }, [isSoon]);

  const frame = { className: 'review', title: say.review.title, back: `/groups/${groupId}` };
  if (!queue.data || !people.data) return <Unready {...frame} of={[queue, people]} rows={1} />;
  const request = ({ id, version }: Certification) => ({ params: { groupId, certificationId: id }, ifMatch: version });
  const decide = async ({ id }: Certification, task: Promise<unknown>, then: string) => {
    const { key } = waiting(groupId);
    cache.setQueryData(key, { ...queue.data!, items: items.filter((each) => each.id !== id) });
    await task.then(
      () => tell(then),
      (error) => tell(faultOf(error).text ?? common.silent),
    );
    void changed('group', groupId);
    void changed('today');
  };
  const approve = (it: Certification) =>
    decide(it, api.certifications.approveCertification(request(it)), say.review.approved(it.author.nickname));
  const deny = async (it: Certification, reason: string) => {
    askWhy(undefined);
    const task = api.certifications.denyCertification({ ...request(it), body: { reason } });
    await decide(it, task, say.review.denied(it.author.nickname));
  };
  if (isMany)
    return (
      <Page {...frame} title={say.review.severalTitle}>
        <Several groupId={groupId} items={items} onClose={() => choose(false)} />
      </Page>
    );
  if (!proof)
    return (
      <Page {...frame}>
        <Empty title={say.review.none} lead={say.review.noneLead} />
      </Page>
    );
  return (
    <Page {...frame} end={<span className="chip">{say.review.left(items.length)}</span>}>
      {items.length > 1 && (
        <div className="review-bar">
          <Button small kind="quiet" icon="check" onClick={() => choose(true)}>
            {say.review.several}
          </Button>
        </div>
      )}
      {/* The buttons stay for the next one, and so does the focus. */}
      <div className="review-one">
        <Proof
          key={proof.id}
          proof={proof}
          whole
          at={people.data.items.findIndex(({ accountId }) => accountId === proof.author.id)}
        />
        {proof.duplicateOf && (
          <Note icon="warn" tone="wait">
            {say.review.duplicate}
          </Note>
        )}
        {isSoon && <p className="hint center">{say.review.soon}</p>}
        <Dock two>
          <Button kind="quiet" onClick={() => askWhy(proof)}>
            {say.review.deny}
          </Button>
          <Button icon="check" disabled={isSoon} onClick={() => approve(proof)}>
            {say.review.approve}
          </Button>
        </Dock>
      </div>
      {denied && (
        <Why
          title={say.review.reasonTitle(denied.author.nickname)}
          onClose={() => askWhy(undefined)}
          onSend={(reason) => deny(denied, reason)}
        />
      )}
    </Page>
  );
}
