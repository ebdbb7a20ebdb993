import './posts.css';
import { useRef, useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { draftOf, dropDraft, keepDraft } from '../../app/drafts.ts';
import { online } from '../../app/live.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Fields, type Kind, KindChoice } from './fields.tsx';

/** A new post. What one writes stays on the device until it is posted. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('posts');
  const view = useAnswer(group(groupId));
  const frame = { className: 'posts', title: say.newTitle, back: `/groups/${groupId}/posts` };
  if (!view.data) return <Unready {...frame} of={[view]} />;
  return (
    <Page {...frame} sub={view.data.group.title}>
      <Writing groupId={groupId} runs={view.data.role !== 'MEMBER'} />
    </Page>
  );
}

function Writing({ groupId, runs }: { readonly groupId: string; readonly runs: boolean }) {
  const say = useTexts('posts');
  const name = `post ${groupId}`;
  const once = useOnce(name);
  const isOnline = online.use();
  const [began, begin] = useState(() => draftOf(name));
  const [kind, choose] = useState<Kind>(runs && began.kind === 'NOTICE' ? 'NOTICE' : 'POST');
  const { title = '', body = '' } = began;
  const now = useRef({ title, body });
  return (
    <Form
      // Fields keep what they began with: a new beginning is new fields.
      key={`${title} ${body}`}
      onSubmit={async ({ title: line = '', body: text = '' }) => {
        const sent = { kind, title: line, body: text };
        const { id } = await once(sent, (idempotencyKey) =>
          api.posts.writePost({ params: { groupId }, body: sent, idempotencyKey }),
        );
        dropDraft(name);
        void changed('group', groupId, 'posts');
        tell(kind === 'NOTICE' ? say.noticed : say.posted);
        navigate(`/groups/${groupId}/posts/${id}`, { replace: true });
      }}
    >
      {(title || body) && (
        <div className="posts-draft">
          <Note icon="edit">{say.draft}</Note>
          <Button
            kind="plain"
            small
            onClick={() => {
              dropDraft(name);
              now.current = { title: '', body: '' };
              begin({});
            }}
          >
            {say.dropDraft}
          </Button>
        </div>
      )}
      {runs && (
        <KindChoice
          value={kind}
          onChoose={(chosen) => {
            choose(chosen);
            keepDraft(name, now.current, { kind: chosen });
          }}
        />
      )}
      <Fields
        title={title}
        body={body}
        onInput={(field, value) => {
          now.current = { ...now.current, [field]: value };
          keepDraft(name, now.current, { kind });
        }}
      />
      {!isOnline && <Note icon="moon">{say.offline}</Note>}
      <Dock>
        <Submit disabled={!isOnline}>{say.post}</Submit>
      </Dock>
    </Form>
  );
}
