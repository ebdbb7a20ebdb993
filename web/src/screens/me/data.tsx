import './me.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { type DataExport, exports } from '../../app/data/own.ts';
import { ago } from '../../app/days.ts';
import { forgetDevice } from '../../app/leaving.ts';
import { api, leave } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';

/** A copy of everything, and the way out. */
export function Screen() {
  const say = useTexts('me');
  const [isShown, show] = useState(false);
  const [isLeaving, goOut] = useState(false);
  return (
    <Page title={say.data.title} back="/me" className="me-sections">
      <Section title={say.data.copy}>
        <div className="card own-data">
          <p>{say.data.copyLead}</p>
          <ul className="bullets soft">
            {say.data.holds.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <Form
            onSubmit={async () => {
              await api.privacy.requestExport();
              await changed('me', 'exports');
              tell(say.data.asked);
              show(true);
            }}
          >
            <Submit>{say.data.ask}</Submit>
          </Form>
          {!isShown && (
            <Button kind="plain" onClick={() => show(true)}>
              {say.data.show}
            </Button>
          )}
        </div>
        {isShown && <Copies />}
      </Section>
      <Section title={say.data.leave}>
        <div className="card own-data">
          <p>{say.data.leaveLead}</p>
          <Button kind="danger" onClick={() => goOut(true)}>
            {say.data.leaveDo}
          </Button>
        </div>
      </Section>
      {isLeaving && (
        <Confirm
          title={say.data.leaveTitle}
          lead={say.data.leaveSure}
          action={say.data.leaveDo}
          danger
          onClose={() => goOut(false)}
          onConfirm={async ({ reason = '' }) => {
            await api.privacy.withdraw({ body: { reason } });
            await forgetDevice();
            leave();
            tell(say.data.left);
          }}
        >
          <Field label={say.data.why} name="reason" rows={3} maxLength={limits.withdrawReason} required />
        </Confirm>
      )}
    </Page>
  );
}

const megabytes = (bytes: number, language: string) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit: bytes < 1e6 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));

/** The copies of the last day. To list them needs a proof, so they come only when they are asked for. */
function Copies() {
  const say = useTexts('me');
  const language = locale.use();
  const known = useAnswer(exports());
  if (!known.data) return <Unanswered of={[known]} rows={1} />;
  if (known.data.items.length === 0) return <Empty title={say.data.none} lead={say.data.noneLead} />;
  const text = ({ bytes, requestedAt }: DataExport) =>
    [ago(requestedAt, language), bytes !== null && megabytes(bytes, language)].filter(Boolean).join(' · ');
  return (
    <Rows>
      {known.data.items.map((each) => (
        <Row
          key={each.id}
          lead={<Tile icon={each.url ? 'check' : 'clock'} tone={each.url ? 'good' : 'wait'} />}
          title={each.url ? say.data.ready : say.data.preparing}
          text={text(each)}
          end={
            each.url ? (
              <a className="button quiet small" href={each.url} download>
                {say.data.get}
              </a>
            ) : (
              <Button small kind="quiet" busy={known.isFetching} onClick={() => void known.refetch()}>
                {say.data.look}
              </Button>
            )
          }
        />
      ))}
    </Rows>
  );
}
