import './posts.css';
import { changed, useAnew } from '../../app/cache.ts';
import { post } from '../../app/data/posts.ts';
import { online } from '../../app/live.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Fields } from './fields.tsx';

/** Other words for one's own post. Who has changed it elsewhere meanwhile is told. */
export function Screen({ groupId, postId }: { readonly groupId: string; readonly postId: string }) {
  const say = useTexts('posts');
  const isOnline = online.use();
  const found = useAnew(post(groupId, postId));
  const path = `/groups/${groupId}/posts/${postId}`;
  const frame = { className: 'posts', title: say.editTitle, back: path };
  if (!found.data) return <Unready {...frame} of={[found]} />;
  const { title, body, version } = found.data;
  return (
    <Page {...frame}>
      <Form
        onSubmit={async (values) => {
          const change = { title: values.title ?? '', body: values.body ?? '' };
          await api.posts.editPost({ params: { groupId, postId }, body: change, ifMatch: version });
          void changed('group', groupId, 'posts');
          await changed('group', groupId, 'post', postId);
          tell(say.saved);
          navigate(path, { replace: true });
        }}
      >
        <Fields title={title} body={body} />
        {!isOnline && <Note icon="moon">{say.offline}</Note>}
        <Dock>
          <Submit disabled={!isOnline}>{say.save}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}
