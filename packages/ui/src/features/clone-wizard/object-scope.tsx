import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { KINDS, type ScopedObject } from "./draft.ts";
import type { StepProps } from "./wizard.tsx";

/** Single objects by name: when there are any, nothing else is cloned. */
export function ObjectScope({ draft: { objects }, change }: StepProps) {
  return (
    <Section title="Single objects">
      {objects.length === 0 ? (
        <p className="mb-2 text-ink-soft">None named: everything that the rest of the scope allows.</p>
      ) : (
        <ul
          aria-label="Only these objects"
          className="mb-2 divide-y divide-line rounded border border-line bg-surface"
        >
          {objects.map((object) => (
            <li key={textOf(object)} className="flex items-center gap-3 py-0.5 pr-1 pl-3">
              <span className="w-16 shrink-0 text-small text-ink-soft">{object.type}</span>
              <span className="name min-w-0 flex-1 wrap-anywhere">{`${object.schema}.${object.name}`}</span>
              <Button
                look="quiet"
                aria-label={`Leave out ${textOf(object)}`}
                onClick={() => change({ objects: objects.filter((each) => each !== object) })}
              >
                <X className="size-4" aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AddObject objects={objects} onAdd={(object) => change({ objects: [...objects, object] })} />
    </Section>
  );
}

const textOf = ({ type, schema, name }: ScopedObject) => `${type} ${schema}.${name}`;

interface AddObjectProps {
  readonly objects: readonly ScopedObject[];
  readonly onAdd: (object: ScopedObject) => void;
}

function AddObject({ objects, onAdd }: AddObjectProps) {
  const [type, setType] = useState<ScopedObject["type"]>("table");
  const [text, setText] = useState("");
  const [, schema, name] = /^([^.]+)\.(.+)$/u.exec(text.trim()) ?? [];
  const object = schema === undefined || name === undefined ? undefined : { type, schema, name };
  const isThere = object !== undefined && objects.some((each) => textOf(each) === textOf(object));
  const add = () => {
    if (object === undefined || isThere) return;
    onAdd(object);
    setText("");
  };
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)_auto] items-start gap-2">
      <SelectField
        label="Kind"
        value={type}
        choices={KINDS.map((kind) => ({ value: kind, label: kind }))}
        onChange={setType}
      />
      <TextField
        label="Object"
        className="name"
        placeholder="bronze.orders"
        value={text}
        error={isThere ? "It is there already." : undefined}
        hint="schema.name. Its schema must be in scope too."
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
      />
      <Button className="mt-5.5" disabled={object === undefined || isThere} onClick={add}>
        Add
      </Button>
    </div>
  );
}
