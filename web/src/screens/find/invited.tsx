import './find.css';
import './invite.css';
import { invitation } from '../../app/invitation.ts';
import { useTexts } from '../../messages/index.ts';
import { hue } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Dock, Page, Title, Wordmark } from '../../ui/page.tsx';

/** An invitation for somebody who is not signed in: it waits until they are. */
export function Screen() {
  const say = useTexts('find').invitation;
  const token = invitation.use();
  return (
    <Page className="find invite">
      <div className="invite-top">
        <Wordmark />
        <Title>{token ? say.title : say.guestTitle}</Title>
        <p className="lead">{token ? say.guestLead : say.guestNone}</p>
      </div>
      <Doorway />
      <Dock>
        <Button href="/">{say.signUp}</Button>
        <Button kind="plain" href="/sign-in?then=%2Finvitations">
          {say.signIn}
        </Button>
      </Dock>
    </Page>
  );
}

const rows = ['1023412', '340..13', '502..40', '213..52'];

/** A wall with a door, for the eye alone. */
export const Doorway = () => (
  <div className="doorway" aria-hidden="true">
    {rows.map((row) => (
      <span key={row}>
        {[...row].map((colour, place) => (
          <i key={place} className={colour === '.' ? 'door-gap' : `brick ${hue(Number(colour))}`} />
        ))}
      </span>
    ))}
  </div>
);
