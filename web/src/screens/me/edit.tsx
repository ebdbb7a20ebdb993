import './me.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { cache, changed, useAnew, useAnswer } from '../../app/cache.ts';
import type { Answer } from '../../app/data/answers.ts';
import { profile } from '../../app/data/own.ts';
import { today } from '../../app/days.ts';
import { shrink, upload } from '../../app/photo.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Select, Submit, type Values } from '../../ui/form.tsx';
import { choices } from '../../ui/group-fields.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Unready } from '../../ui/unready.tsx';
import { ZoneField, Zones } from './zone.tsx';

type Profile = Answer<'profiles', 'getOwnProfile'>;

/** What others see of the person. The picture changes at once, words when they are saved. */
export function Screen() {
  const say = useTexts('me');
  const known = useAnew(profile());
  const frame = { className: 'me-form', title: say.edit.title, back: '/me' };
  if (!known.data) return <Unready {...frame} of={[known]} />;
  return (
    <Page {...frame}>
      <Picture />
      <Fields of={known.data} />
    </Page>
  );
}

type Change = NonNullable<NonNullable<Parameters<typeof api.profiles.editProfile>[0]>['body']>;

/** Only what the person has changed: another device may have changed the rest. */
function changesIn(began: Profile, values: Values, timeZone: string): Change {
  const wanted = {
    nickname: values.nickname!,
    introduction: values.introduction || null,
    website: values.website || null,
    birthDate: values.birthDate || null,
    gender: (values.gender || null) as Profile['gender'],
    timeZone,
  };
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  return Object.fromEntries(
    names.filter((name) => wanted[name] !== began[name]).map((name) => [name, wanted[name]]),
  ) as Change;
}

function Fields({ of }: { readonly of: Profile }) {
  const say = useTexts('me');
  const [began] = useState(of);
  const [timeZone, live] = useState(began.timeZone);
  const [isChoosing, ask] = useState(false);
  const { nickname, introduction, website, birthDate, gender } = began;
  const save = async (values: Values) => {
    const body = changesIn(began, values, timeZone);
    if (Object.keys(body).length > 0) {
      cache.setQueryData(profile().key, await api.profiles.editProfile({ body }));
      void changed('me');
      tell(say.edit.saved);
    }
    navigate('/me');
  };
  return (
    <>
      <Form onSubmit={save}>
        <Field
          label={say.edit.nickname}
          name="nickname"
          value={nickname}
          hint={say.edit.nicknameHint}
          maxLength={limits.nickname.max}
          autoComplete="nickname"
          required
        />
        <Field
          label={say.edit.introduction}
          name="introduction"
          rows={4}
          value={introduction ?? ''}
          hint={say.edit.introductionHint}
          maxLength={limits.introduction}
        />
        <Field
          label={say.edit.website}
          name="website"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={website ?? ''}
          maxLength={limits.website}
        />
        <ZoneField value={timeZone} onChange={live} onOpen={() => ask(true)} />
        <Section title={say.edit.privately} className="profile-private">
          <p className="soft">{say.edit.privatelyLead}</p>
          <div className="two-fields">
            <Field
              label={say.edit.birthDate}
              name="birthDate"
              type="date"
              value={birthDate ?? ''}
              min={limits.earliestBirthDate}
              max={today(timeZone)}
              autoComplete="bday"
            />
            <Select
              label={say.edit.gender}
              name="gender"
              options={[['', say.edit.genderNone], ...choices(say.edit.genders)]}
              value={gender ?? ''}
            />
          </div>
        </Section>
        <Dock>
          <Submit>{say.save}</Submit>
        </Dock>
      </Form>
      {isChoosing && (
        <Zones
          value={timeZone}
          onChoose={(id) => {
            live(id);
            ask(false);
          }}
          onClose={() => ask(false)}
        />
      )}
    </>
  );
}

/** Eight bricks to choose from, or a photo of one's own. */
function Picture() {
  const say = useTexts('me');
  const { data } = useAnswer(profile());
  const [isBusy, work] = useState(false);
  const [isUnreadable, refuse] = useState(false);
  if (!data) return null;
  const { picture, nickname } = data;
  const keep = async (change: () => Promise<unknown>) => {
    work(true);
    refuse(false);
    await change().then(() => tell(say.edit.pictured), complain);
    // Everywhere where the face is: lists of members, too.
    await changed();
    work(false);
  };
  const choose = (avatar: number) => {
    // At once; if moim says no, the answer that is asked for again brings the old one back.
    cache.setQueryData(profile().key, { ...data, picture: { avatar, url: null, thumbnailUrl: null } });
    return keep(() => api.profiles.setPicture({ body: { avatar } }));
  };
  const send = async (file: File | undefined) => {
    if (!file) return;
    const photo = await shrink(file).catch(() => undefined);
    if (!photo) return refuse(true);
    URL.revokeObjectURL(photo.url);
    await keep(async () => {
      const body = { type: 'image/jpeg', bytes: photo.blob.size } as const;
      const allowed = await api.files.allowPictureUpload({ body });
      await upload(allowed, photo.blob, () => undefined);
      await api.profiles.setPicture({ body: { uploadId: allowed.uploadId } });
    });
  };
  return (
    <section className="card faces" aria-label={say.edit.face}>
      <div className="faces-now">
        <Avatar name={nickname} at={0} picture={picture} size={88} />
        <div className="faces-do">
          <span className="button quiet small">
            <Icon name="image" size={20} />
            {isBusy ? say.edit.sending : say.edit.photo}
            <input
              type="file"
              accept="image/jpeg,image/png,image/webp"
              aria-label={say.edit.photo}
              disabled={isBusy}
              onChange={({ currentTarget }) => {
                void send(currentTarget.files?.[0]);
                currentTarget.value = '';
              }}
            />
          </span>
          {picture.url && (
            <Button kind="plain" small disabled={isBusy} onClick={() => keep(() => api.profiles.removePicture())}>
              {say.edit.noPhoto}
            </Button>
          )}
        </div>
      </div>
      {isUnreadable && (
        <p className="error" role="alert">
          {say.edit.unreadable}
        </p>
      )}
      <fieldset className="picks faces-pick">
        <legend>{say.edit.face}</legend>
        <div>
          {Array.from({ length: limits.avatars }, (_, i) => i + 1).map((avatar) => (
            <label key={avatar}>
              <input
                type="radio"
                name="face"
                aria-label={say.edit.faceN(avatar)}
                checked={picture.avatar === avatar}
                disabled={isBusy}
                onChange={() => choose(avatar)}
              />
              <Avatar name={nickname} at={avatar - 1} size={56} />
              <i className="faces-check" aria-hidden="true">
                <Icon name="check" size={13} />
              </i>
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  );
}
