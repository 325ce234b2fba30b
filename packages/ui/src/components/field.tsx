import { clsx } from "clsx";
import { type InputHTMLAttributes, type ReactNode, useId } from "react";

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Gets the ids that tie the control to its label and words. */
  readonly children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode;
}

/** A control with its label, and below it one line that is either the hint or what is wrong: the layout stays. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="label mb-1 block">
        {label}
      </label>
      {children({
        id,
        describedBy: note === undefined ? undefined : `${id}-note`,
        invalid: error !== undefined,
      })}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={clsx("mt-1 text-small", error === undefined ? "text-ink-faint" : "text-bad")}
        >
          {note}
        </p>
      )}
    </div>
  );
}

export const inputLook = (invalid: boolean) =>
  clsx(
    "h-8 w-full min-w-0 rounded border bg-surface px-2.5 text-ink outline-offset-0 focus-visible:outline-2",
    invalid ? "border-bad" : "border-line-strong/60 hover:border-ink-soft",
  );

export interface TextFieldProps
  extends Omit<FieldProps, "children">,
    Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "onChange"> {
  readonly onChange: (value: string) => void;
}

export function TextField({ label, hint, error, onChange, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          autoComplete="off"
          spellCheck={false}
          className={clsx(inputLook(invalid), className)}
          onChange={(event) => onChange(event.target.value)}
          {...rest}
        />
      )}
    </Field>
  );
}

export interface SelectFieldProps<T extends string> extends Omit<FieldProps, "children"> {
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, where all of them need not be in sight. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, hint, error, value, choices, onChange } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          className={inputLook(invalid)}
          value={value}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
