import { useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnew } from '../../app/cache.ts';
import { openMissions } from '../../app/data/progress.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Select, Submit } from '../../ui/form.tsx';
import { Ready } from '../../ui/ready.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';

interface NudgeProps {
  readonly groupId: string;
  readonly accountId: string;
  readonly name: string;
  readonly onClose: () => void;
}

/**
 * A gentle nudge: for which mission, with a word if one likes. Whoever has blocked the sender, or wants no nudges, gets nothing,
 * and the sender sees no difference.
 */
export function Nudge({ groupId, accountId, name, onClose }: NudgeProps) {
  const say = useTexts('progress').nudge;
  const open = useAnew(openMissions(groupId, accountId));
  const once = useOnce();
  const [refusal, refuse] = useState<string>();
  const missions = open.data;
  const [only] = missions ?? [];

  const send = async ({ mission = only?.id ?? '', message = '' }) => {
    refuse(undefined);
    const body = { to: accountId, ...(message ? { message } : {}) };
    try {
      await once({ mission, ...body }, (idempotencyKey) =>
        api.nudges.nudge({ params: { groupId, missionId: mission }, body, idempotencyKey }),
      );
    } catch (error) {
      const words = refused(error);
      if (!words) throw error;
      return refuse(words);
    }
    tell(say.done(name));
    onClose();
  };
  /** What moim refuses, as one says it of a person. */
  const refused = (error: unknown) => {
    if (!(error instanceof ProblemError)) return undefined;
    if (error.code === 'TOO_MANY_REQUESTS')
      return say.cooling(name, Math.max(1, Math.ceil((error.retryAfter ?? 3600) / 60)));
    if (error.code !== 'NOT_APPLICABLE') return undefined;
    void changed('group', groupId);
    return say.notNow(name);
  };
  return (
    <Sheet title={say.title(name)} onClose={onClose}>
      {!missions || !only ? (
        missions ? (
          <Empty title={say.allDone(name)} lead={say.allDoneLead}>
            <Button kind="quiet" onClick={onClose}>
              {say.close}
            </Button>
          </Empty>
        ) : (
          <Unanswered of={[open]} rows={1} />
        )
      ) : (
        <Form onSubmit={send}>
          <p className="soft">{say.lead}</p>
          {missions.length > 1 ? (
            <Select
              label={say.mission}
              name="mission"
              options={missions.map(({ id, title }) => [id, title] as const)}
            />
          ) : (
            <p>
              <b>{only.title}</b>
            </p>
          )}
          <Ready field="message" words={say.ready} />
          <Field label={say.message} name="message" maxLength={limits.nudge.message} hint={say.messageHint} />
          {refusal && (
            <p className="notice wait" role="alert">
              {refusal}
            </p>
          )}
          <Submit>{say.send}</Submit>
        </Form>
      )}
    </Sheet>
  );
}
