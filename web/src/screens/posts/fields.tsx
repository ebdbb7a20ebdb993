import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choices.tsx';
import { Field } from '../../ui/form.tsx';
import { Markdown } from '../../ui/markdown.tsx';

export type Kind = 'POST' | 'NOTICE';

interface FieldsProps {
  readonly title: string;
  readonly body: string;
  /** Told at each letter, for the draft. */
  readonly onInput?: (name: 'title' | 'body', value: string) => void;
}

/** Title and text of a post, and how the text will look. The fields stay as they are while one looks. */
export function Fields({ title, body, onInput }: FieldsProps) {
  const say = useTexts('posts');
  const [text, write] = useState(body);
  const [isLooking, look] = useState(false);
  return (
    <>
      <Field
        label={say.titleField}
        name="title"
        value={title}
        maxLength={limits.post.title}
        required
        onInput={(value) => onInput?.('title', value)}
      />
      <div className={isLooking ? 'posts-away' : undefined}>
        <Field
          label={say.body}
          name="body"
          value={body}
          rows={8}
          maxLength={limits.post.body}
          required
          hint={`${say.bodyHint} ${say.left(limits.post.body - [...text].length)}`}
          onInput={(value) => {
            write(value);
            onInput?.('body', value);
          }}
        />
      </div>
      {isLooking && (
        <section className="card posts-preview" aria-label={say.preview}>
          {text.trim() ? <Markdown text={text} /> : <p className="soft">{say.previewEmpty}</p>}
        </section>
      )}
      <Button kind="quiet" small icon={isLooking ? 'edit' : 'eye'} onClick={() => look(!isLooking)}>
        {isLooking ? say.write2 : say.preview}
      </Button>
    </>
  );
}

/** Whether it is a notice; for those who may decide it. */
export function KindChoice({ value, onChoose }: { readonly value: Kind; readonly onChoose: (kind: Kind) => void }) {
  const say = useTexts('posts');
  return (
    <>
      <Choice
        label={say.kind}
        options={[
          ['POST', say.kinds.POST],
          ['NOTICE', say.kinds.NOTICE],
        ]}
        value={value}
        onChoose={onChoose}
      />
      {value === 'NOTICE' && <p className="hint">{say.noticeHint}</p>}
    </>
  );
}
