import './find.css';
import './plans.css';
import { useList } from '../../app/cache.ts';
import { type Filters, type Plan, plans } from '../../app/data/finding.ts';
import { usePath } from '../../app/router.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { Cover } from '../../ui/cover.tsx';
import { Page } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';
import { Categories } from './find.tsx';

/** Plans that finished groups have shared, by category. */
export function Screen() {
  const say = useTexts('find').plans;
  const category = new URLSearchParams(usePath().split('?')[1]).get('category') ?? undefined;
  const list = useList(plans(category as Filters['category']));
  return (
    <Page className="find plans" title={say.title} back="/find">
      <p className="lead plans-lead">{say.lead}</p>
      <Categories path={(next) => (next ? `/plans?category=${next}` : '/plans')} now={category} />
      {!list.items ? (
        <Unanswered of={[list]} />
      ) : list.items.length === 0 && !list.more ? (
        <Empty title={say.none} lead={say.noneLead} />
      ) : (
        <div className="plan-list">
          {list.items.map((each) => (
            <PlanCard key={each.id} plan={each} />
          ))}
        </div>
      )}
      <More of={list} />
    </Page>
  );
}

/** `4주 · 미션 1개` */
export const lengthOf = ({ days, missions }: Plan, say: Texts<'find'>) =>
  [days ? say.plans.days(days) : say.plans.always, missions.length > 0 && say.plans.missions(missions.length)]
    .filter(Boolean)
    .join(' · ');

function PlanCard({ plan }: { readonly plan: Plan }) {
  const say = useTexts('find');
  return (
    <article className="card plan-card">
      <div className="find-cover">
        <Cover category={plan.category} />
      </div>
      <div className="plan-text">
        <h2>
          <a href={`/plans/${plan.id}`}>{plan.title}</a>
        </h2>
        <p className="soft">{lengthOf(plan, say)}</p>
        <p className="tags">
          <Tag>{say.kinds[plan.kind]}</Tag>
          {plan.uses > 0 && <Tag>{say.plans.uses(plan.uses)}</Tag>}
        </p>
      </div>
    </article>
  );
}
