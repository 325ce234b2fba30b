import { Switch as Radix } from "radix-ui";

export interface SwitchProps {
  /** Read out; what is seen beside it may be shorter. */
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, on, disabled = false, onChange }: SwitchProps) {
  return (
    <Radix.Root
      aria-label={label}
      checked={on}
      disabled={disabled}
      onCheckedChange={onChange}
      className="relative inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-sunken transition-colors disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
}
