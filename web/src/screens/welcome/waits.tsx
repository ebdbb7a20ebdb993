import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Title } from '../../ui/page.tsx';

/** The deployment approves accounts: the person is not in yet, and hears of it. */
export function Waits({ hasMail = true }: { readonly hasMail?: boolean }) {
  const say = useTexts('welcome').waits;
  return (
    <>
      <Title>{say.title}</Title>
      <p className="lead">{hasMail ? say.lead : say.leadNoMail}</p>
      <Button href="/find">{say.look}</Button>
    </>
  );
}
