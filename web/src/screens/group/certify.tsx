import './group.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { type TodayInGroup, today } from '../../app/data/account.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { today as dayNow } from '../../app/days.ts';
import { online } from '../../app/live.ts';
import { enqueue, outbox } from '../../app/outbox.ts';
import { type Photo, shrink } from '../../app/photo.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Outcome } from './outcome.tsx';
import { most, Picker } from './picker.tsx';

type Mission = TodayInGroup['missions'][number];

/** What can be certified now. An answer of another day, kept without a network, does not know what is left today. */
function openIn({ day, missions }: TodayInGroup, timeZone: string): Mission | undefined {
  const isOld = day !== dayNow(timeZone);
  return missions.find(({ left, closed }) => isOld || (left > 0 && !closed));
}

/** From the camera to the wall: what was taken in is shown until moim has it, and what moim said. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const [takenIn, take] = useState<string>();
  const own = outbox.use().filter((each) => each.groupId === groupId);
  const shown = own.find(({ id }) => id === takenIn) ?? own.find(({ state }) => state !== 'SENT');
  // What one has seen on its way here is also seen to arrive.
  useEffect(() => {
    if (shown) take(shown.id);
  }, [shown?.id]);
  const view = useAnswer(group(groupId));
  const agenda = useAnswer(today());
  const back = `/groups/${groupId}`;
  if (shown) return <Outcome key={`${shown.id} ${shown.state}`} entry={shown} />;
  if (!view.data || !agenda.data)
    return <Unready className="certify" title={say.certify.title} back={back} of={[view, agenda]} rows={1} />;
  const about = view.data.group;
  const entry = agenda.data.items.find((each) => each.group.id === groupId);
  const mission = entry && openIn(entry, about.timeZone);
  return (
    <Page className="certify" title={say.certify.title} sub={about.title} back={back}>
      {mission ? (
        <Proving mission={mission} about={about} onDone={take} />
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
  readonly mission: Mission;
  readonly about: OwnGroup['group'];
  readonly onDone: (id: string) => void;
}

function Proving({ mission, about, onDone }: ProvingProps) {
  const say = useTexts('group').certify;
  const isOnline = online.use();
  const { photos, fault, add, change } = usePhotos();
  const asksPhoto = mission.way === 'PHOTO';
  return (
    <Form
      onSubmit={async ({ text = '', link }) => {
        const { id: groupId, title: groupTitle, timeZone } = about;
        const shots = photos.map(({ blob }) => ({ blob }));
        const draft = { groupId, groupTitle, timeZone, missionId: mission.id, text, shots };
        onDone(await enqueue({ ...draft, ...(link ? { link } : {}) }));
      }}
    >
      {about.certificationRule && <Note>{about.certificationRule}</Note>}
      {asksPhoto && <Picker photos={photos} onAdd={add} onChange={change} />}
      {fault && (
        <p className="error" role="alert">
          {fault === 'many' ? say.tooMany(most) : say.unreadable}
        </p>
      )}
      {mission.way === 'LINK' && <Field label={say.link} name="link" type="url" inputMode="url" required />}
      <Field
        label={say.text}
        name="text"
        rows={3}
        maxLength={1000}
        placeholder={say.textHint}
        required={mission.way === 'TEXT' || mission.way === 'CHECKLIST'}
      />
      {!isOnline && (
        <p className="hint" role="status">
          {say.offline}
        </p>
      )}
      <Dock>
        <Submit disabled={asksPhoto && photos.length === 0}>{say.submit}</Submit>
      </Dock>
    </Form>
  );
}

/** The chosen photos, made small on the device, and what is wrong with the last choice. */
function usePhotos() {
  const [photos, set] = useState<readonly Photo[]>([]);
  const [fault, say] = useState<'unreadable' | 'many'>();
  const latest = useRef(photos);
  latest.current = photos;
  useEffect(
    () => () => {
      for (const { url } of latest.current) URL.revokeObjectURL(url);
    },
    [],
  );
  const change = (next: readonly Photo[]) => {
    for (const each of latest.current) if (!next.includes(each)) URL.revokeObjectURL(each.url);
    say(undefined);
    set(next);
  };
  const add = async (files: readonly File[]) => {
    // With a finger, nobody wants the letters of the phone over the photo that has just come.
    const isByKey = document.activeElement?.matches('[type=file]:focus-visible');
    say(undefined);
    const room = most - latest.current.length;
    const made = await Promise.allSettled(files.slice(0, room).map(shrink));
    const fit = made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    // What opened the choice goes with the first photo: the words are next.
    if (isByKey && latest.current.length === 0 && fit.length > 0)
      document.querySelector<HTMLElement>('.certify textarea')?.focus();
    set([...latest.current, ...fit].slice(0, most));
    if (fit.length < made.length) say('unreadable');
    else if (files.length > room) say('many');
  };
  return { photos, fault, add, change };
}
