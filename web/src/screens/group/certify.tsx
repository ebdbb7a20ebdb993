import './group.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { type TodayInGroup, today } from '../../app/data/account.ts';
import { group } from '../../app/data/groups.ts';
import { online } from '../../app/live.ts';
import { type Photo, shrink, upload } from '../../app/photo.ts';
import { api } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Field, Form, Submit, type Values } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page, Title } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** From the camera to the wall. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const view = useAnswer(group(groupId));
  const agenda = useAnswer(today());
  const [done, finish] = useState<'WAITING' | 'APPROVED'>();
  const back = `/groups/${groupId}`;
  if (done) return <Done status={done} back={back} />;
  if (!view.data || !agenda.data)
    return <Unready className="certify" title={say.certify.title} back={back} of={[view, agenda]} rows={1} />;
  const entry = agenda.data.items.find((each) => each.group.id === groupId);
  const mission = entry?.missions.find(({ way, left, closed }) => way === 'PHOTO' && left > 0 && !closed);
  return (
    <Page className="certify" title={say.certify.title} sub={view.data.group.title} back={back}>
      {mission ? (
        <Proving mission={mission} groupId={groupId} rule={view.data.group.certificationRule} onDone={finish} />
      ) : (
        <Empty title={say.certify.closed} lead={say.certify.closedLead}>
          <Button kind="quiet" href={back}>
            {say.certify.back}
          </Button>
        </Empty>
      )}
    </Page>
  );
}

interface ProvingProps {
  readonly mission: TodayInGroup['missions'][number];
  readonly groupId: string;
  readonly rule: string;
  readonly onDone: (status: 'WAITING' | 'APPROVED') => void;
}

function Proving({ mission, groupId, rule, onDone }: ProvingProps) {
  const say = useTexts('group');
  const isOnline = online.use();
  const [photo, setPhoto] = useState<Photo>();
  const [isUnreadable, refuse] = useState(false);
  const [sent, setSent] = useState<number>();
  const submit = useSubmission(groupId, mission.id);
  useEffect(() => () => photo && URL.revokeObjectURL(photo.url), [photo]);

  const choose = async (file: File | undefined) => {
    if (!file) return;
    refuse(false);
    await shrink(file).then(setPhoto, () => refuse(true));
  };
  const asksPhoto = mission.way === 'PHOTO';
  return (
    <Form
      onSubmit={async (values) => {
        const status = await submit(values, photo, setSent).finally(() => setSent(undefined));
        onDone(status === 'APPROVED' ? 'APPROVED' : 'WAITING');
      }}
    >
      {rule && <Note>{rule}</Note>}
      {asksPhoto && <Picker photo={photo} onChoose={choose} onDrop={() => setPhoto(undefined)} />}
      {isUnreadable && (
        <p className="error" role="alert">
          {say.certify.unreadable}
        </p>
      )}
      {mission.way === 'LINK' && <Field label={say.certify.link} name="link" type="url" inputMode="url" required />}
      <Field
        label={say.certify.text}
        name="text"
        rows={3}
        maxLength={1000}
        placeholder={say.certify.textHint}
        required={mission.way === 'TEXT' || mission.way === 'CHECKLIST'}
      />
      {!isOnline && <p className="hint">{say.certify.offline}</p>}
      <Dock>
        <Submit disabled={(asksPhoto && !photo) || !isOnline}>
          {sent === undefined ? say.certify.submit : say.certify.sending(Math.round(sent * 100))}
        </Submit>
      </Dock>
    </Form>
  );
}

/**
 * Sends a certification once, however often it is tried: the same photo and words keep their upload and their key until moim
 * has answered.
 */
function useSubmission(groupId: string, missionId: string) {
  const last = useRef<{ content: string; key: string; uploadIds?: string[] } | undefined>(undefined);
  return async ({ text = '', link }: Values, photo: Photo | undefined, progress: (part: number) => void) => {
    const content = JSON.stringify([text, link, photo?.url]);
    if (last.current?.content !== content) last.current = { content, key: crypto.randomUUID() };
    const attempt = last.current;
    try {
      if (photo && !attempt.uploadIds) {
        progress(0);
        const { blob } = photo;
        const body = { type: 'image/jpeg', bytes: blob.size } as const;
        const allowed = await api.files.allowUpload({ params: { groupId }, body });
        await upload(allowed, blob, progress);
        attempt.uploadIds = [allowed.uploadId];
      }
      const made = await api.certifications.submitCertification({
        params: { groupId, missionId },
        body: { text, uploadIds: attempt.uploadIds ?? [], ...(link ? { link } : {}) },
        idempotencyKey: attempt.key,
      });
      void changed('group', groupId);
      void changed('today');
      return made.status;
    } catch (error) {
      // It was answered: the next try is another one.
      if (error instanceof ProblemError) last.current = undefined;
      throw error;
    }
  };
}

interface PickerProps {
  readonly photo: Photo | undefined;
  readonly onChoose: (file: File | undefined) => void;
  readonly onDrop: () => void;
}

/** The photo, or the ways to one: the camera first. */
function Picker({ photo, onChoose, onDrop }: PickerProps) {
  const say = useTexts('group');
  if (photo)
    return (
      <figure className="photo">
        <img src={photo.url} alt={say.certify.alt} />
        <Round icon="undo" label={say.certify.again} onClick={onDrop} className="over" />
      </figure>
    );
  const input = (text: string, fromCamera: boolean) => (
    <label className={fromCamera ? 'button camera' : 'button quiet'}>
      <Icon name={fromCamera ? 'camera' : 'image'} /> {text}
      {/* These types alone: iOS then hands over a JPEG instead of HEIC. */}
      <input
        type="file"
        accept="image/jpeg,image/png,image/webp"
        {...(fromCamera ? { capture: 'environment' as const } : {})}
        onChange={({ currentTarget }) => onChoose(currentTarget.files?.[0])}
      />
    </label>
  );
  return (
    <div className="photo pick">
      <Icon name="camera" size={48} />
      {input(say.certify.camera, true)}
      {input(say.certify.album, false)}
    </div>
  );
}

function Done({ status, back }: { readonly status: 'WAITING' | 'APPROVED'; readonly back: string }) {
  const say = useTexts('group');
  return (
    <Page className="brick-laid">
      <span className="laid-bricks" aria-hidden="true">
        <i className="brick hue-0 falling" />
        <i className="brick hue-1" />
        <i className="brick hue-3" />
        <i className="brick hue-2" />
        <i className="brick hue-5" />
        <i className="brick hue-4" />
      </span>
      <Title>{say.certify.doneTitle}</Title>
      <p className="lead">{status === 'WAITING' ? say.certify.doneWaiting : say.certify.doneApproved}</p>
      <Button href={back}>{say.certify.back}</Button>
    </Page>
  );
}
