import { useState } from 'preact/hooks';
import { changed, useAnew } from '../../app/cache.ts';
import { type ProgressLink, progressLinks } from '../../app/data/progress.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Copied } from '../../ui/copied.tsx';
import { Form, Submit, Switch } from '../../ui/form.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Unanswered } from '../../ui/states.tsx';

interface ShareProps {
  readonly groupId: string;
  /** ME: the person's own progress. GROUP: that of the group, for its leader. */
  readonly of: ProgressLink['of'];
  /** Without it, nothing can be left unnamed: the title of a public group is in its picture anyway. */
  readonly asksName: boolean;
  readonly onClose: () => void;
}

/** A link to a picture of progress: made, looked at, passed on, taken back. */
export function Share({ groupId, of, asksName, onClose }: ShareProps) {
  const say = useTexts('progress').share;
  const known = useAnew(progressLinks());
  const [isTakingBack, takeBack] = useState(false);
  const link = known.data?.items.find((each) => each.groupId === groupId && each.of === of);
  if (link && isTakingBack)
    return (
      <Confirm
        title={say.backTitle}
        lead={say.backLead}
        action={say.back}
        danger
        onClose={onClose}
        onConfirm={async () => {
          await api.progress.removeProgressLink({ params: { linkId: link.id } });
          tell(say.gone);
          void changed('me', 'progress-links');
        }}
      />
    );
  return (
    <Sheet title={say.titles[of]} onClose={onClose}>
      {!known.data ? (
        <Unanswered of={[known]} rows={1} />
      ) : link ? (
        <Made link={link} onBack={() => takeBack(true)} />
      ) : (
        <Make groupId={groupId} of={of} asksName={asksName} />
      )}
    </Sheet>
  );
}

function Make({ groupId, of, asksName }: Omit<ShareProps, 'onClose'>) {
  const say = useTexts('progress').share;
  const [named, name] = useState(false);
  return (
    <Form
      onSubmit={async () => {
        await api.progress.makeProgressLink({ params: { groupId }, body: { of, named } });
        await changed('me', 'progress-links');
      }}
    >
      <p className="soft">{say.lead}</p>
      {asksName && (
        <Rows>
          <Switch label={of === 'ME' ? say.name : say.title} on={named} onChange={name} />
        </Rows>
      )}
      <Submit>{say.make}</Submit>
    </Form>
  );
}

function Made({ link: { url }, onBack }: { readonly link: ProgressLink; readonly onBack: () => void }) {
  const say = useTexts('progress').share;
  const language = locale.use();
  const look = `lang=${language}&theme=${isDark() ? 'dark' : 'light'}`;
  const send = () => navigator.share({ url }).catch(complain);
  return (
    <>
      <img
        className="share-picture"
        src={`${new URL(url).pathname}?${look}`}
        alt={say.picture}
        width="720"
        height="960"
      />
      <Copied text={url} label={say.copy} onCopied={() => tell(say.copied)} />
      {'share' in navigator && (
        <Button icon="share" onClick={send}>
          {say.send}
        </Button>
      )}
      <Button kind="danger" onClick={onBack}>
        {say.back}
      </Button>
    </>
  );
}

/** Whether the theme that is shown is the dark one. */
const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
};
