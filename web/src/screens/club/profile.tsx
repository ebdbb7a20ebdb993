import './club.css';
import { useState } from 'preact/hooks';
import { changed, useAnew, useAnswer } from '../../app/cache.ts';
import { ownProfile } from '../../app/data/clubs.ts';
import { group } from '../../app/data/groups.ts';
import { pathIn } from '../../app/paths.ts';
import { navigate, usePath } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { type ClubProfile, ProfileFields, profileIn } from '../../ui/club.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

/** What the club knows of oneself. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('club');
  const view = useAnswer(group(groupId));
  const own = useAnew(ownProfile(groupId));
  const [, query = ''] = usePath().split('?');
  // Whoever came because a level was needed goes back there.
  const back = query ? pathIn(query) : `/groups/${groupId}/profiles`;
  if (!view.data || !own.data) return <Unready className="club" back={back} of={[view, own]} />;
  const { asks, title } = view.data.group;
  return (
    <Page className="club" title={say.edit} sub={title} back={back}>
      <Note icon="lock">{say.inside}</Note>
      <Fields groupId={groupId} asks={asks} of={own.data} back={back} />
    </Page>
  );
}

interface FieldsProps {
  readonly groupId: string;
  readonly asks: Parameters<typeof ProfileFields>[0]['asks'];
  readonly of: ClubProfile;
  readonly back: string;
}

function Fields({ groupId, asks, of, back }: FieldsProps) {
  const say = useTexts('club');
  // What was there when the person began: an answer that comes meanwhile changes no field under their hands.
  const [began] = useState(of);
  return (
    <Form
      onSubmit={async (values) => {
        await api.clubs.setClubProfile({ params: { groupId }, body: profileIn(values) });
        void changed('group', groupId, 'profiles');
        void changed('group', groupId, 'records');
        tell(say.saved);
        navigate(back);
      }}
    >
      <ProfileFields asks={asks} value={began} />
      <p className="hint">{asks.length > 0 ? say.must : say.may}</p>
      <Dock>
        <Submit>{say.save}</Submit>
      </Dock>
    </Form>
  );
}
