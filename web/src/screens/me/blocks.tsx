import './me.css';
import { useState } from 'preact/hooks';
import { changed, useList } from '../../app/cache.ts';
import { blocks } from '../../app/data/own.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** The people whom one has blocked. */
export function Screen() {
  const say = useTexts('me');
  const language = locale.use();
  const list = useList(blocks());
  const [busy, work] = useState<string>();
  const frame = { title: say.blocks.title, back: '/me', className: 'me-list' };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  const lift = async (accountId: string, nickname: string) => {
    work(accountId);
    await api.blocks.unblockAccount({ params: { accountId } }).then(() => tell(say.blocks.lifted(nickname)), complain);
    // Their certifications are in the lists again.
    await changed();
    work(undefined);
  };
  return (
    <Page {...frame}>
      {list.items.length === 0 ? (
        <Empty title={say.blocks.none} lead={say.blocks.noneLead} />
      ) : (
        <>
          <p className="soft">{say.blocks.lead}</p>
          <Rows>
            {list.items.map(({ accountId, nickname, blockedAt }, at) => (
              <Row
                key={accountId}
                lead={<Avatar name={nickname} at={at} size={42} />}
                title={nickname}
                text={say.blocks.since(fullDay(blockedAt, language))}
                end={
                  <Button small kind="quiet" busy={busy === accountId} onClick={() => lift(accountId, nickname)}>
                    {say.blocks.lift}
                  </Button>
                }
              />
            ))}
          </Rows>
          <More of={list} />
        </>
      )}
    </Page>
  );
}
