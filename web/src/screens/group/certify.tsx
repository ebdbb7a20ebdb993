import './group.css';
import './certify.css';
import { useEffect, useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { type OwnGroup, own, page } from '../../app/data/groups.ts';
import { mission as missionOf } from '../../app/data/missions.ts';
import { shortDay, weekdayName } from '../../app/days.ts';
import { online } from '../../app/live.ts';
import { enqueue, outbox } from '../../app/outbox.ts';
import { usePath } from '../../app/router.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Checklist, useTicks } from './checklist.tsx';
import { type Mission, missedDays, openToday } from './openings.ts';
import { Outcome } from './outcome.tsx';
import { usePhotos } from './photos.ts';
import { most, Picker } from './picker.tsx';

/** What is certified: a mission, for today or for a day that was missed. */
interface Opening {
  readonly mission: Mission;
  readonly makeUpFor?: string;
}

/** From the camera to the wall: what was taken in is shown until moim has it, and what moim said. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const asked = new URLSearchParams(usePath().split('?')[1]);
  const [takenIn, take] = useState<string>();
  const sent = outbox.use().filter((each) => each.groupId === groupId);
  const shown = sent.find(({ id }) => id === takenIn) ?? sent.find(({ state }) => state !== 'SENT');
  // What one has seen on its way here is also seen to arrive.
  useEffect(() => {
    if (shown) take(shown.id);
  }, [shown?.id]);
  const view = useAnswer(page(groupId));
  const makesUp = (view.data?.group.makeUps ?? 0) > 0;
  const mine = useAnswer(own(groupId), makesUp);
  const back = `/groups/${groupId}`;
  if (shown) return <Outcome key={`${shown.id} ${shown.state}`} entry={shown} />;
  if (!view.data || (makesUp && !mine.data && !mine.error))
    return <Unready className="certify" title={say.certify.title} back={back} of={[view]} rows={1} />;
  const entry = view.data;
  const about = entry.group;
  const open: Opening[] = openToday(entry, about).map((mission) => ({ mission }));
  const missed: Opening[] = entry.missions.flatMap((mission) =>
    missedDays(mission, entry, about, mine.data?.items ?? []).map((makeUpFor) => ({ mission, makeUpFor })),
  );
  const wanted = [...open, ...missed].find(
    ({ mission, makeUpFor }) => mission.id === asked.get('mission') && (makeUpFor ?? null) === asked.get('for'),
  );
  const [only] = open;
  const chosen = wanted ?? (open.length === 1 && !asked.has('choose') ? only : undefined);
  const choice = `${back}/certify?choose`;
  if (!chosen)
    return (
      <Page className="certify" title={say.certify.title} sub={about.title} back={back}>
        {entry.excused && <Note icon="moon">{say.excusedToday}</Note>}
        <Choosing open={open} missed={missed} path={`${back}/certify`} />
        {open.length + missed.length === 0 && (
          <Empty title={say.certify.closed} lead={say.certify.closedLead}>
            <Button kind="quiet" href={back}>
              {say.certify.back}
            </Button>
          </Empty>
        )}
      </Page>
    );
  const isOneOfMany = open.length + missed.length > 1;
  return (
    <Page
      className="certify"
      title={chosen.makeUpFor ? say.certify.makeUpTitle : say.certify.title}
      sub={chosen.mission.title === about.title ? about.title : `${chosen.mission.title} · ${about.title}`}
      back={isOneOfMany && wanted ? choice : back}
    >
      {entry.excused && !chosen.makeUpFor && <Note icon="moon">{say.excusedToday}</Note>}
      <Proving
        key={`${chosen.mission.id} ${chosen.makeUpFor}`}
        opening={chosen}
        about={about}
        onDone={take}
        others={isOneOfMany && !wanted ? choice : undefined}
      />
    </Page>
  );
}

interface ChoosingProps {
  readonly open: readonly Opening[];
  readonly missed: readonly Opening[];
  readonly path: string;
}

const icons = { TEXT: 'edit', LINK: 'link', PHOTO: 'camera', CHECKLIST: 'check' } as const;

/** Several are open: one of them is chosen, those of today first. */
function Choosing({ open, missed, path }: ChoosingProps) {
  const say = useTexts('group').certify;
  const language = locale.use();
  const lines = (openings: readonly Opening[]) => (
    <Rows>
      {openings.map(({ mission: { id, title, way }, makeUpFor }) => (
        <Row
          key={`${id} ${makeUpFor}`}
          href={`${path}?mission=${id}${makeUpFor ? `&for=${makeUpFor}` : ''}`}
          lead={<Tile icon={makeUpFor ? 'undo' : icons[way]} />}
          title={title}
          text={makeUpFor ? `${shortDay(makeUpFor, language)} ${weekdayName(makeUpFor, language)}` : say.ways[way]}
        />
      ))}
    </Rows>
  );
  return (
    <>
      {open.length > 0 && <Section title={say.choose}>{lines(open)}</Section>}
      {missed.length > 0 && (
        <Section title={say.missed}>
          <p className="hint">{say.missedHint}</p>
          {lines(missed)}
        </Section>
      )}
    </>
  );
}

interface ProvingProps {
  readonly opening: Opening;
  readonly about: OwnGroup['group'];
  readonly onDone: (id: string) => void;
  /** Where another one is chosen. */
  readonly others?: string | undefined;
}

function Proving({ opening: { mission, makeUpFor }, about, onDone, others }: ProvingProps) {
  const say = useTexts('group').certify;
  const language = locale.use();
  const isOnline = online.use();
  const { photos, fault, add, change } = usePhotos();
  const isList = mission.way === 'CHECKLIST';
  const whole = useAnswer(missionOf(about.id, mission.id), isList);
  const list = whole.data?.checklist ?? [];
  const ticks = useTicks(list);
  const asksPhoto = mission.way === 'PHOTO';
  if (isList && !whole.data) return <Unanswered of={[whole]} rows={2} />;
  const rule = whole.data?.rule || about.certificationRule;
  return (
    <Form
      onSubmit={async ({ text = '', link }) => {
        const { id: groupId, title: groupTitle, timeZone, dayStart } = about;
        const shots = (isList ? ticks.photos : photos).map(({ blob }) => ({ blob }));
        const draft = { groupId, groupTitle, timeZone, dayStart, missionId: mission.id, text, shots };
        onDone(
          await enqueue({
            ...draft,
            ...(link ? { link } : {}),
            ...(isList ? { checked: list.map((_, at) => at) } : {}),
            ...(makeUpFor ? { makeUpFor } : {}),
          }),
        );
      }}
    >
      {rule && <Note>{rule}</Note>}
      {makeUpFor && <Note icon="undo">{say.makeUp(shortDay(makeUpFor, language))}</Note>}
      {asksPhoto && <Picker photos={photos} onAdd={add} onChange={change} />}
      {isList && <Checklist items={list} ticks={ticks} />}
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
        placeholder={mission.way === 'TEXT' ? say.textAsked : say.textHint}
        required={mission.way === 'TEXT'}
      />
      {others && (
        <a className="link" href={others}>
          {say.another}
        </a>
      )}
      {!isOnline && (
        <p className="hint" role="status">
          {say.offline}
        </p>
      )}
      <Dock>
        <Submit disabled={(asksPhoto && photos.length === 0) || (isList && !ticks.isComplete)}>{say.submit}</Submit>
      </Dock>
    </Form>
  );
}
