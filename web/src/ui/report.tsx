/** Something that people have reported, and the decision on it: for those who lead a group, and for administrators. */
import type { ComponentChildren } from 'preact';
import { limits } from '../../../shared/product/limits.ts';
import { ago } from '../app/days.ts';
import { locale } from '../app/settings.ts';
import { type Texts, useTexts } from '../messages/index.ts';
import { Button } from './button.tsx';
import { Confirm } from './confirm.tsx';
import { Field } from './form.tsx';
import { Icon } from './icon.tsx';
import { Tag } from './rows.tsx';
import './report.css';

export type Choice = 'HIDE' | 'KEEP';
type Words = Texts<'common'>['reports'];

interface Reported {
  /** A kind and an id: `certification:0197…`. */
  readonly subject: string;
  readonly author: { readonly nickname: string } | null;
  readonly state: keyof Words['states'];
  readonly reports: number;
  readonly reasons: readonly { readonly reason: keyof Words['reasons']; readonly count: number }[];
  readonly texts: readonly string[];
  readonly reportedAt: string;
}

interface ReportProps {
  readonly of: Reported;
  /** The author's screen, for those who may see it. */
  readonly authorHref?: string | undefined;
  /** Where it stands. */
  readonly placeHref?: string | undefined;
  /** The thing itself, where the person may see it here. */
  readonly children?: ComponentChildren;
  readonly onDecide: (decision: Choice) => void;
}

export function Report({ of, authorHref, placeHref, children, onDecide }: ReportProps) {
  const say = useTexts('common').reports;
  const language = locale.use();
  const kinds: Readonly<Record<string, string>> = say.kinds;
  // Guests see plans too, so a report alone hides none.
  const isPlan = of.subject.startsWith('plan:');
  const by = of.author && say.by(of.author.nickname);
  return (
    <article className="card report">
      <header>
        <Tag>{kinds[of.subject.split(':')[0]!] ?? say.kinds.other}</Tag>
        <Tag icon="flag" tone="wait">
          {say.reported(of.reports)}
        </Tag>
        <time className="soft" dateTime={of.reportedAt}>
          {ago(of.reportedAt, language)}
        </time>
      </header>
      {by && (
        <p>
          {authorHref ? (
            <a className="link" href={authorHref}>
              {by}
            </a>
          ) : (
            by
          )}
        </p>
      )}
      <p className="soft">
        {of.reasons
          .map(({ reason, count }) => (count > 1 ? `${say.reasons[reason]} (${count})` : say.reasons[reason]))
          .join(' · ')}
      </p>
      {of.texts.map((text) => (
        <blockquote key={text}>{text}</blockquote>
      ))}
      {children}
      <p className="report-state">
        <Icon name="eye" size={18} />
        {isPlan && of.state === 'REPORTED' ? say.planShown : say.states[of.state]}
      </p>
      {placeHref && (
        <a className="link" href={placeHref}>
          {say.place}
        </a>
      )}
      <div className="report-do">
        <Button small kind="quiet" onClick={() => onDecide('KEEP')}>
          {say.decide.KEEP}
        </Button>
        <Button small kind="danger" onClick={() => onDecide('HIDE')}>
          {say.decide.HIDE}
        </Button>
      </div>
    </article>
  );
}

interface DecideProps {
  /** What each decision does, where that is not as with a thing of a group. */
  readonly leads?: Readonly<Record<Choice, string>> | undefined;
  readonly decision: Choice;
  readonly onConfirm: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Says what a decision does, and asks for a reason, which is kept with it. */
export function DecideReport({ leads, decision, onConfirm, onClose }: DecideProps) {
  const say = useTexts('common').reports;
  return (
    <Confirm
      title={say.titles[decision]}
      lead={(leads ?? say.leads)[decision]}
      action={say.decide[decision]}
      onClose={onClose}
      onConfirm={({ reason = '' }) => onConfirm(reason)}
    >
      <Field label={say.reason} name="reason" rows={3} hint={say.reasonHint} maxLength={limits.decisionReason} />
    </Confirm>
  );
}
