import { clsx } from "clsx";
import { ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { Field, type FieldProps, inputLook } from "./field.tsx";

export interface Option {
  readonly value: string;
  /** Shown small beside the value. */
  readonly note?: string;
}

export interface ComboboxProps extends Omit<FieldProps, "children"> {
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** Shown in place of options when there are none. */
  readonly empty: ReactNode;
}

/**
 * A text field that offers what exists: type to narrow, arrows and Enter to take one. What is typed counts as it is, so a
 * name that does not exist yet can be given. Pattern: ARIA combobox with list autocomplete.
 */
export function Combobox({
  label,
  hint,
  error,
  value,
  options,
  onChange,
  placeholder,
  empty,
}: ComboboxProps) {
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = typed ? matching(options, value) : options;

  const close = () => {
    setOpen(false);
    setTyped(false);
    setActive(-1);
  };
  const take = (option: Option) => {
    onChange(option.value);
    close();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = shown[active];
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => setActive(open ? (active + 1) % Math.max(1, shown.length) : 0),
      ArrowUp: () => setActive(active <= 0 ? shown.length - 1 : active - 1),
      Home: open ? () => setActive(0) : undefined,
      End: open ? () => setActive(shown.length - 1) : undefined,
      Enter: open && chosen !== undefined ? () => take(chosen) : undefined,
      Escape: open ? close : undefined,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    if (event.key.startsWith("Arrow")) setOpen(true);
    move();
  };

  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <div
          className="relative"
          onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
        >
          <input
            ref={input}
            id={id}
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={open && active >= 0 ? `${list}-${active}` : undefined}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            autoComplete="off"
            spellCheck={false}
            className={clsx(inputLook(invalid), "name pr-8")}
            value={value}
            placeholder={placeholder}
            onChange={(event) => {
              onChange(event.target.value);
              setTyped(true);
              setOpen(true);
              setActive(-1);
            }}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
          />
          <ChevronsUpDown
            className="pointer-events-none absolute top-2 right-2.5 size-4 text-ink-faint"
            aria-hidden
          />
          <div
            hidden={!open}
            className="absolute inset-x-0 top-9 z-20 max-h-64 overflow-y-auto rounded border border-line bg-surface py-1 shadow-[0_8px_24px_-8px_rgb(0_0_0/0.25)]"
          >
            <ul id={list} role="listbox" aria-label={label}>
              {shown.map((option, index) => (
                <li
                  key={option.value}
                  id={`${list}-${index}`}
                  role="option"
                  aria-selected={option.value === value}
                  className={clsx(
                    "flex cursor-pointer items-baseline justify-between gap-3 px-2.5 py-1",
                    index === active && "bg-accent-soft",
                    index !== active && "hover:bg-sunken",
                  )}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => take(option)}
                >
                  <span className="name min-w-0">{option.value}</span>
                  <span className="shrink-0 text-tiny text-ink-faint">{option.note}</span>
                </li>
              ))}
            </ul>
            {shown.length === 0 && <p className="px-2.5 py-1 text-small text-ink-soft">{empty}</p>}
          </div>
        </div>
      )}
    </Field>
  );
}

function matching(options: readonly Option[], text: string): readonly Option[] {
  const wanted = text.toLowerCase();
  return options.filter(({ value }) => value.toLowerCase().includes(wanted));
}
