import './admin.css';
import { useAnswer, useList } from '../../app/cache.ts';
import { account } from '../../app/data/account.ts';
import { shelf } from '../../app/data/admin.ts';
import { useTexts } from '../../messages/index.ts';
import { Page } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty, Gone, More } from '../../ui/states.tsx';
import { AdminUnready } from './unready.tsx';

/** The published plans, for taking one down that nobody has reported. Everybody may read them, so the role is asked for here. */
export function Screen() {
  const say = useTexts('admin').plans;
  const common = useTexts('common');
  const me = useAnswer(account());
  const list = useList(shelf());
  if (!me.data || !list.items) return <AdminUnready of={[me, list]} back="/admin" />;
  if (me.data.role !== 'ADMIN')
    return (
      <Page title={common.app}>
        <Gone />
      </Page>
    );
  return (
    <Page className="admin list" title={say.title} back="/admin">
      {list.items.length === 0 ? (
        <Empty title={say.none} lead={say.noneLead} />
      ) : (
        <Rows>
          {list.items.map(({ id, title, description }) => (
            <Row
              key={id}
              href={`/admin/plans/${id}`}
              lead={<Tile icon="grid" />}
              title={title}
              text={<span className="clamp">{description}</span>}
            />
          ))}
        </Rows>
      )}
      <More of={list} />
    </Page>
  );
}
