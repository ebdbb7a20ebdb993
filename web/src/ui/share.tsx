import './charts.css';
import { useState } from 'preact/hooks';
import { locale } from '../app/settings.ts';
import { complain } from '../messages/complain.ts';
import { useTexts } from '../messages/index.ts';
import { Button } from './button.tsx';
import { Switch } from './choices.tsx';
import { Confirm } from './confirm.tsx';
import { Copied } from './copied.tsx';
import { Form, Submit } from './form.tsx';
import { Rows } from './rows.tsx';
import { Sheet } from './sheet.tsx';
import { Unanswered } from './states.tsx';

export interface ShareSheetProps {
  readonly title: string;
  /** What the person may show or not: a name. Without it, nothing can be left unnamed. */
  readonly naming?: string | undefined;
  /** The links that there are, as they are asked for. */
  readonly answer: { readonly data: unknown; readonly error: unknown; readonly refetch: () => unknown };
  /** Where the picture is; undefined while there is no link. */
  readonly url: string | undefined;
  readonly onMake: (named: boolean) => Promise<unknown>;
  readonly onTakeBack: () => Promise<unknown>;
  readonly onTell: (text: string) => void;
  readonly onClose: () => void;
}

/** A link to a picture: made, looked at, passed on, taken back. */
export function ShareSheet({ title, naming, answer, url, onMake, onTakeBack, onTell, onClose }: ShareSheetProps) {
  const say = useTexts('common').share;
  const [isTakingBack, takeBack] = useState(false);
  if (url && isTakingBack)
    return (
      <Confirm
        title={say.backTitle}
        lead={say.backLead}
        action={say.back}
        danger
        onClose={onClose}
        onConfirm={async () => {
          await onTakeBack();
          onTell(say.gone);
        }}
      />
    );
  return (
    <Sheet title={title} onClose={onClose}>
      {!answer.data ? (
        <Unanswered of={[answer]} rows={1} />
      ) : url ? (
        <Made url={url} onTell={onTell} onBack={() => takeBack(true)} />
      ) : (
        <Make naming={naming} onMake={onMake} />
      )}
    </Sheet>
  );
}

function Make({ naming, onMake }: Pick<ShareSheetProps, 'naming' | 'onMake'>) {
  const say = useTexts('common').share;
  const [named, name] = useState(false);
  return (
    <Form onSubmit={() => onMake(named)}>
      <p className="soft">{say.lead}</p>
      {naming && (
        <Rows>
          <Switch label={naming} on={named} onChange={name} />
        </Rows>
      )}
      <Submit>{say.make}</Submit>
    </Form>
  );
}

interface MadeProps {
  readonly url: string;
  readonly onTell: (text: string) => void;
  readonly onBack: () => void;
}

function Made({ url, onTell, onBack }: MadeProps) {
  const say = useTexts('common').share;
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
      <Copied text={url} label={say.copy} onCopied={() => onTell(say.copied)} />
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
