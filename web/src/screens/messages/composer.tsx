import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { limits } from '../../../../shared/product/limits.ts';
import { changed } from '../../app/cache.ts';
import type { Message } from '../../app/data/messages.ts';
import { type Draft, draftOf, dropDraft, keepDraft } from '../../app/drafts.ts';
import { online } from '../../app/live.ts';
import { useOnce } from '../../app/once.ts';
import { isOpen } from '../../app/problem.ts';
import { api } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Round } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';

/** The name of what one has begun to write to a person. */
export const messageDraft = (accountId: string): string => `message ${accountId}`;

interface ComposerProps {
  readonly accountId: string;
  readonly groupId: string | undefined;
  readonly answers: Message | undefined;
  readonly onAnswered: () => void;
}

/** Writes to a person. What was begun stays until it was sent. */
export function Composer({ accountId, groupId, answers, onAnswered }: ComposerProps) {
  const say = useTexts('messages');
  const draft = messageDraft(accountId);
  const once = useOnce(draft);
  const box = useRef<HTMLDivElement>(null);
  const [refusal, refuse] = useState<string>();
  const isOnline = online.use();
  const field = () => box.current?.querySelector('textarea');
  // Who answers goes on writing, with the next key already.
  const wasAnswering = useRef(answers?.id);
  useLayoutEffect(() => {
    if (answers && answers.id !== wasAnswering.current) field()?.focus();
    wasAnswering.current = answers?.id;
  }, [answers?.id]);

  const [isTitled, setTitled] = useState(Boolean(draftOf(draft).title));
  const titleField = () => box.current?.querySelector('input');
  const wasTitled = useRef(isTitled);
  useLayoutEffect(() => {
    if (isTitled && !wasTitled.current) titleField()?.focus();
    wasTitled.current = isTitled;
  }, [isTitled]);
  // What it answers belongs to it: after a reload it is the same message.
  const keep = (change: Draft, along: Draft = {}) => {
    const { text = '', title = '' } = draftOf(draft);
    keepDraft(draft, { text, title, ...change }, { ...along, ...(answers ? { replyTo: answers.id } : {}) });
  };
  const dropTitle = () => {
    setTitled(false);
    keep({ title: '' });
    field()?.focus();
  };
  const send = async ({ body: text = '', title = '' }) => {
    refuse(undefined);
    if (!text) return field()?.focus();
    // One that is tried again names the same group, also if the person has come back another way.
    const { group = groupId } = draftOf(draft);
    keep({ text, title }, group ? { group } : {});
    const body = {
      ...{ to: accountId, body: text },
      ...(title ? { title } : {}),
      ...(group ? { groupId: group } : {}),
      ...(answers ? { replyTo: answers.id } : {}),
    };
    try {
      await once(body, (idempotencyKey) => api.messages.sendPrivateMessage({ body, idempotencyKey }));
    } catch (error) {
      if (!isOpen(error)) keep({});
      if (!(error instanceof ProblemError) || isOpen(error) || error.code !== 'TOO_MANY_REQUESTS') throw error;
      return refuse(say.tooMany(Math.max(1, Math.ceil((error.retryAfter ?? 3600) / 60))));
    }
    // What was added while it was on its way stays.
    const written = field();
    if (written?.value.trim() === text) {
      written.value = '';
      setTitled(false);
    }
    if (draftOf(draft).text?.trim() === text) dropDraft(draft);
    onAnswered();
    await changed('messages');
    field()?.focus();
  };
  return (
    <div ref={box} className="messages-write">
      {answers && <Answering of={answers} onStop={onAnswered} />}
      <Form onSubmit={send}>
        {isTitled && (
          <Field
            label={say.subject}
            name="title"
            className="messages-subject"
            value={draftOf(draft).title}
            maxLength={limits.message.title}
            placeholder={say.subject}
            onInput={(title) => keep({ title })}
          />
        )}
        <Round
          icon={isTitled ? 'off' : 'add'}
          label={isTitled ? say.noSubject : say.addSubject}
          onClick={isTitled ? dropTitle : () => setTitled(true)}
        />
        <Field
          label={say.body}
          name="body"
          rows={2}
          value={draftOf(draft).text ?? ''}
          maxLength={limits.message.body}
          placeholder={say.placeholder}
          onInput={(text) => keep({ text })}
        />
        {(refusal || !isOnline) && (
          <p className="notice wait" role="alert">
            {refusal ?? say.offline}
          </p>
        )}
        <Submit disabled={!isOnline}>{say.send}</Submit>
      </Form>
    </div>
  );
}

function Answering({ of, onStop }: { readonly of: Message; readonly onStop: () => void }) {
  const say = useTexts('messages');
  return (
    <div className="messages-answers">
      <span>
        <span className="soft">{say.answering}</span>
        <b>{of.title ?? of.body}</b>
      </span>
      <Round icon="close" label={say.noAnswer} onClick={onStop} />
    </div>
  );
}
