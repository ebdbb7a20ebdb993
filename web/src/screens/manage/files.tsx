import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { accepted, isTooLarge, sizeOf, typeNamed } from '../../app/files.ts';
import { upload } from '../../app/photo.ts';
import { faultOf } from '../../app/problem.ts';
import { api } from '../../app/session.ts';
import { textsOf, useTexts } from '../../messages/index.ts';
import { Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import type { GroupFile } from './draft.ts';

type Change = (now: readonly GroupFile[]) => readonly GroupFile[];

interface FilesProps {
  readonly groupId: string;
  readonly value: readonly GroupFile[];
  readonly onChange: (change: Change) => void;
}

const moved =
  (from: number, to: number): Change =>
  (now) => {
    const next = [...now];
    next.splice(to, 0, ...next.splice(from, 1));
    return next;
  };

/** The files of a recruit post: they go to the bucket at once, and onto the post when the group is saved. */
export function Files({ groupId, value, onChange }: FilesProps) {
  const say = useTexts('manage').edit.files;
  const [sending, send] = useState<{ readonly name: string; readonly part: number }>();
  const [fault, refuse] = useState<string>();
  const [said, tell] = useState('');
  const box = useRef<HTMLFieldSetElement>(null);
  const next = useRef<string>(undefined);
  // A row that has moved takes its buttons along, and the browser lets the focus fall. With the drawing: a key may follow at once.
  useLayoutEffect(() => {
    if (next.current) box.current?.querySelector<HTMLElement>(`[aria-label="${CSS.escape(next.current)}"]`)?.focus();
    next.current = undefined;
  }, [value]);

  const add = async (file: File) => {
    const type = typeNamed(file.name);
    if (!type) return refuse(say.unknown(file.name));
    if (isTooLarge(file)) return refuse(say.tooLarge(file.name, sizeOf(limits.file.bytes)));
    send({ name: file.name, part: 0 });
    try {
      const body = { name: file.name, type, bytes: file.size };
      const allowed = await api.files.allowFileUpload({ params: { groupId }, body });
      await upload(allowed, file, (part) => send({ name: file.name, part }));
      onChange((now) => [...now, { id: allowed.uploadId, name: file.name, bytes: file.size }]);
      tell(say.added(file.name));
    } catch (error) {
      const { fields, text } = faultOf(error);
      refuse(Object.values(fields)[0] ?? text ?? textsOf('common').silent);
    }
    send(undefined);
  };
  const choose = async (files: FileList | null) => {
    refuse(undefined);
    const free = limits.group.files - value.length;
    const chosen = [...(files ?? [])];
    for (const file of chosen.slice(0, free)) await add(file);
    if (chosen.length > free) refuse(say.most(limits.group.files));
  };
  const move = (at: number, to: number) => {
    const { name } = value[at]!;
    const up = to < at ? to > 0 : to === value.length - 1;
    next.current = up ? say.up(name) : say.down(name);
    onChange(moved(at, to));
    tell(say.moved(name, to + 1));
  };
  return (
    <fieldset className="picks files" ref={box}>
      <legend>{say.title}</legend>
      {value.length > 0 && (
        <Rows>
          {value.map(({ id, name, bytes }, at) => (
            <Row
              key={id}
              lead={<Tile icon="file" tone="new" />}
              title={name}
              text={sizeOf(bytes)}
              end={
                <>
                  {at > 0 && <Round icon="up" label={say.up(name)} onClick={() => move(at, at - 1)} />}
                  {at < value.length - 1 && (
                    <Round icon="down" label={say.down(name)} onClick={() => move(at, at + 1)} />
                  )}
                  <Round
                    icon="close"
                    label={say.remove(name)}
                    onClick={() => {
                      next.current = say.add;
                      onChange((now) => now.filter((each) => each.id !== id));
                      tell(say.removed(name));
                    }}
                  />
                </>
              }
            />
          ))}
        </Rows>
      )}
      {value.length < limits.group.files && (
        <span className="button quiet">
          <Icon name="plus" />
          {sending ? say.sending(Math.round(sending.part * 100)) : say.add}
          <input
            type="file"
            multiple
            accept={accepted}
            aria-label={say.add}
            disabled={sending !== undefined}
            onChange={({ currentTarget }) => {
              void choose(currentTarget.files).then(() => {
                currentTarget.value = '';
              });
            }}
          />
        </span>
      )}
      <p className={fault ? 'error' : 'hint'} role={fault ? 'alert' : undefined}>
        {fault ?? say.hint(limits.group.files, sizeOf(limits.file.bytes))}
      </p>
      <p className="unseen" role="status">
        {said}
      </p>
    </fieldset>
  );
}
