import { clsx } from "clsx";
import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox, RadioGroup, ToggleGroup } from "radix-ui";
import { type ReactNode, useId } from "react";

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly note?: string;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each with the sentence that tells it from the others. */
export function RadioRows<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className="divide-y divide-line rounded border border-line bg-surface"
    >
      {choices.map((choice) => (
        <RadioRow key={choice.value} {...choice} />
      ))}
    </RadioGroup.Root>
  );
}

function RadioRow({ value, label, note }: Choice<string>) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex items-start gap-3 px-3 py-2.5 first:rounded-t last:rounded-b hover:bg-sunken has-data-[state=checked]:bg-accent-soft"
    >
      <RadioGroup.Item
        id={id}
        value={value}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-note`}
        className="mt-0.5 size-4 shrink-0 rounded-full border border-line-strong bg-surface data-[state=checked]:border-accent"
      >
        <RadioGroup.Indicator className="flex size-full items-center justify-center after:size-2 after:rounded-full after:bg-accent" />
      </RadioGroup.Item>
      <span className="min-w-0">
        <span id={`${id}-label`} className="block font-medium">
          {label}
        </span>
        <span id={`${id}-note`} className="block text-small text-ink-soft">
          {note}
        </span>
      </span>
    </label>
  );
}

/** One of a few short words, side by side. */
export function Segments<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== "" && onChange(next as T)}
      className="inline-flex max-w-full flex-wrap gap-0.5 rounded border border-line bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className="h-6.5 rounded px-2.5 text-small font-medium text-ink-soft hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--line)]"
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly note?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ label, note, checked, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-w-0 items-start gap-2.5 py-1">
      <RadixCheckbox.Root
        id={id}
        checked={checked}
        aria-labelledby={`${id}-label`}
        onCheckedChange={(state) => onChange(state === true)}
        {...(note === undefined ? {} : { "aria-describedby": `${id}-note` })}
        className={clsx(
          "mt-0.5 size-4 shrink-0 rounded border",
          checked ? "border-accent bg-accent text-on-accent" : "border-line-strong bg-surface",
        )}
      >
        <RadixCheckbox.Indicator className="flex items-center justify-center">
          <Check className="size-3" strokeWidth={3.5} aria-hidden />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <span className="min-w-0">
        <span id={`${id}-label`} className="block">
          {label}
        </span>
        {note !== undefined && (
          <span id={`${id}-note`} className="block text-small text-ink-soft">
            {note}
          </span>
        )}
      </span>
    </label>
  );
}
