import { Switch as Radix } from "radix-ui";
import { useId } from "react";
import { type ActingRole, useRefusal } from "../api/use-refusal.ts";

export interface SwitchProps {
  /** Read out; what is seen beside it may be shorter. */
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  /** The role that switching is for; others see it shut, and can read why. */
  readonly needs: ActingRole;
  readonly onChange: (on: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, on, disabled = false, needs, onChange }: SwitchProps) {
  const refusal = useRefusal(needs);
  const id = useId();
  return (
    <>
      <Radix.Root
        title={refusal}
        aria-describedby={refusal === undefined ? undefined : id}
        aria-label={label}
        checked={on}
        disabled={disabled || refusal !== undefined}
        onCheckedChange={onChange}
        className="relative inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-sunken transition-colors disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
      {refusal !== undefined && (
        <span id={id} hidden>
          {refusal}
        </span>
      )}
    </>
  );
}
