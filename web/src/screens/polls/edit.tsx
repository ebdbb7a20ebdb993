import './polls.css';
import { useState } from 'preact/hooks';
import { changed, useAnew } from '../../app/cache.ts';
import { type Poll, poll } from '../../app/data/polls.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { askedIn, Fields, linesOf } from './fields.tsx';

/** The question and the choices of a poll in which nobody has voted. */
export function Screen({ groupId, pollId }: { readonly groupId: string; readonly pollId: string }) {
  const say = useTexts('polls');
  const answer = useAnew(poll(groupId, pollId));
  const frame = { className: 'polls', title: say.edit, back: `/groups/${groupId}/polls/${pollId}` };
  if (!answer.data) return <Unready {...frame} of={[answer]} />;
  const { begun, state } = answer.data;
  return (
    <Page {...frame}>
      {begun || state === 'CLOSED' ? (
        <Empty title={say.form.begun} lead={say.form.begunLead}>
          <Button kind="quiet" href={frame.back}>
            {say.form.back}
          </Button>
        </Empty>
      ) : (
        <Editing groupId={groupId} of={answer.data} back={frame.back} />
      )}
    </Page>
  );
}

interface EditingProps {
  readonly groupId: string;
  readonly of: Poll;
  readonly back: string;
}

function Editing({ groupId, of, back }: EditingProps) {
  const say = useTexts('polls').form;
  const [lines, write] = useState(() => linesOf(of.choices.map(({ text }) => text)));
  const [version] = useState(of.version);
  return (
    <Form
      onSubmit={async (values) => {
        const params = { groupId, pollId: of.id };
        await api.polls.editPoll({ params, body: askedIn(values, lines), ifMatch: version });
        void changed('group', groupId, 'poll', of.id);
        void changed('group', groupId, 'polls');
        tell(say.saved);
        navigate(back, { replace: true });
      }}
    >
      <Fields question={of.question} lines={lines} onChange={write} />
      <Dock>
        <Submit>{say.save}</Submit>
      </Dock>
    </Form>
  );
}
