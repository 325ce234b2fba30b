import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "./button.tsx";
import { inputLook } from "./field.tsx";
import { Section } from "./section.tsx";

/** One side of a line: what it is called aloud, and an example of it. */
interface Side<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly placeholder: string;
}

export interface PairRowsProps<Left extends string, Right extends string> {
  readonly title: string;
  /** What one line is called: `property`. */
  readonly noun: string;
  /** What it means that there are none. */
  readonly none: string;
  readonly left: Side<Left>;
  readonly joint: string;
  readonly right: Side<Right>;
  readonly rows: readonly Readonly<Record<Left | Right, string>>[];
  readonly problemOf: (row: Readonly<Record<Left | Right, string>>) => string | undefined;
  readonly onChange: (rows: readonly Readonly<Record<Left | Right, string>>[]) => void;
}

/** Lines of two texts that belong together, as many as one likes. */
export function PairRows<Left extends string, Right extends string>(props: PairRowsProps<Left, Right>) {
  const { title, noun, none, left, joint, right, rows, problemOf, onChange } = props;
  type Row = Readonly<Record<Left | Right, string>>;
  const empty = { [left.key]: "", [right.key]: "" } as Row;
  const edit = (index: number, key: string, text: string) =>
    onChange(rows.map((row, each) => (each === index ? { ...row, [key]: text } : row)));
  return (
    <Section
      title={title}
      aside={
        <Button look="quiet" onClick={() => onChange([...rows, empty])}>
          <Plus className="size-4" aria-hidden />
          Add a {noun}
        </Button>
      }
    >
      {rows.length === 0 && <p className="text-ink-soft">{none}</p>}
      <ul className="space-y-2">
        {rows.map((row, index) => (
          <Line
            key={index}
            sides={[left, right]}
            texts={[row[left.key], row[right.key]]}
            joint={joint}
            name={`${noun} ${index + 1}`}
            problem={problemOf(row)}
            onEdit={(key, text) => edit(index, key, text)}
            onRemove={() => onChange(rows.filter((_, each) => each !== index))}
          />
        ))}
      </ul>
    </Section>
  );
}

interface LineProps {
  readonly sides: readonly [Side<string>, Side<string>];
  readonly texts: readonly [string, string];
  readonly joint: string;
  readonly name: string;
  readonly problem: string | undefined;
  readonly onEdit: (key: string, text: string) => void;
  readonly onRemove: () => void;
}

function Line({ sides, texts, joint, name, problem, onEdit, onRemove }: LineProps) {
  const id = useId();
  const wrong = problem !== undefined;
  const [left, right] = sides;
  return (
    <li>
      <div className="flex items-center gap-2">
        <input
          aria-label={`${left.label} of ${name}`}
          aria-invalid={wrong}
          aria-describedby={wrong ? id : undefined}
          className={`${inputLook(wrong)} name`}
          placeholder={left.placeholder}
          spellCheck={false}
          value={texts[0]}
          onChange={(event) => onEdit(left.key, event.target.value)}
        />
        <span aria-hidden className="text-ink-faint">
          {joint}
        </span>
        <input
          aria-label={`${right.label} of ${name}`}
          className={`${inputLook(false)} name`}
          placeholder={right.placeholder}
          spellCheck={false}
          value={texts[1]}
          onChange={(event) => onEdit(right.key, event.target.value)}
        />
        <Button look="quiet" className="px-2" aria-label={`Remove ${name}`} onClick={onRemove}>
          <X className="size-4" aria-hidden />
        </Button>
      </div>
      {wrong && (
        <p id={id} className="mt-1 text-small text-bad">
          {problem}
        </p>
      )}
    </li>
  );
}
