/** Comments under something that a member wrote, and the field for one's own. */
import { useRef, useState } from 'preact/hooks';
import { limits } from '../../../shared/product/limits.ts';
import { ago } from '../app/days.ts';
import { draftOf, dropDraft, keepDraft } from '../app/drafts.ts';
import { locale } from '../app/settings.ts';
import { useTexts } from '../messages/index.ts';
import { Avatar, placeBy } from './bricks.tsx';
import { Confirm } from './confirm.tsx';
import { Field, Form, Submit } from './form.tsx';
import { Reporting, type Said } from './reporting.tsx';
import { Note } from './rows.tsx';
import { More, Unanswered } from './states.tsx';
import './comments.css';

interface Comment {
  readonly id: string;
  readonly author: {
    readonly id: string;
    readonly nickname: string;
    readonly picture: { readonly thumbnailUrl: string | null; readonly avatar: number | null };
  };
  readonly text: string;
  readonly hiddenAt: string | null;
  readonly createdAt: string;
}

export interface CommentsProps {
  readonly of: {
    readonly items: readonly Comment[] | undefined;
    readonly more: (() => void) | undefined;
    readonly error: unknown;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
  readonly me: string | undefined;
  readonly isOnline: boolean;
  /** The name of what one has begun to write (`app/drafts.ts`). */
  readonly draft: string;
  readonly onWrite: (text: string) => Promise<unknown>;
  readonly onDelete: (id: string) => Promise<unknown>;
  readonly onReport: (id: string, said: Said) => Promise<unknown>;
}

export function Comments({ of, me, isOnline, draft, onWrite, onDelete, onReport }: CommentsProps) {
  const say = useTexts('common').comments;
  const place = useRef<HTMLDivElement>(null);
  const [deleting, toDelete] = useState<string>();
  const [reporting, toReport] = useState<string>();
  const write = async ({ text = '' }: Readonly<Record<string, string>>) => {
    if (!text) return;
    await onWrite(text);
    // What was added while it was on its way stays.
    const field = place.current?.querySelector('textarea');
    if (field?.value.trim() === text) field.value = '';
    if (draftOf(draft).text?.trim() === text) dropDraft(draft);
  };
  return (
    <div className="comments" ref={place}>
      {!of.items ? (
        <Unanswered of={[of]} rows={1} />
      ) : of.items.length === 0 ? (
        <p className="soft">{say.none}</p>
      ) : (
        <ol className="comments-list">
          {of.items.map((each) => (
            <One
              key={each.id}
              of={each}
              isOwn={each.author.id === me}
              onDelete={() => toDelete(each.id)}
              onReport={() => toReport(each.id)}
            />
          ))}
        </ol>
      )}
      <More of={of} />
      {/* What one has begun to write stays in its field, whatever the network does, and after a reload. */}
      <Form onSubmit={write}>
        <Field
          label={say.label}
          name="text"
          rows={2}
          maxLength={limits.comment.text}
          required
          value={draftOf(draft).text ?? ''}
          onInput={(text) => keepDraft(draft, { text })}
        />
        {!isOnline && <Note icon="moon">{say.offline}</Note>}
        <Submit kind="quiet" disabled={!isOnline}>
          {say.send}
        </Submit>
      </Form>
      {deleting && (
        <Confirm
          title={say.deleteTitle}
          action={say.delete}
          danger
          onClose={() => toDelete(undefined)}
          onConfirm={() => onDelete(deleting)}
        />
      )}
      {reporting && <Reporting onClose={() => toReport(undefined)} onReport={(said) => onReport(reporting, said)} />}
    </div>
  );
}

interface OneProps {
  readonly of: Comment;
  readonly isOwn: boolean;
  readonly onDelete: () => void;
  readonly onReport: () => void;
}

function One({ of: { author, text, hiddenAt, createdAt }, isOwn, onDelete, onReport }: OneProps) {
  const say = useTexts('common').comments;
  const language = locale.use();
  return (
    <li>
      <Avatar name={author.nickname} picture={author.picture} at={placeBy(author.id)} size={32} />
      <div className="comment">
        <p className="comment-head">
          <b>{author.nickname}</b>
          <time className="soft" dateTime={createdAt}>
            {ago(createdAt, language)}
          </time>
        </p>
        <p className="comment-text">{text}</p>
        {hiddenAt && <p className="soft">{say.hidden}</p>}
      </div>
      <button
        type="button"
        className="comment-do"
        aria-label={isOwn ? say.deleteOne(text) : say.reportOne(author.nickname)}
        onClick={isOwn ? onDelete : onReport}
      >
        {isOwn ? say.delete : say.report}
      </button>
    </li>
  );
}
