import { clsx } from "clsx";
import { type ButtonHTMLAttributes, type ReactNode, useId } from "react";
import { type ActingRole, useRefusal } from "../api/use-refusal.ts";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong disabled:bg-line disabled:text-ink-faint",
  plain:
    "border border-line-strong/60 bg-surface text-ink hover:border-ink-soft disabled:border-line disabled:text-ink-faint",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink disabled:text-ink-faint",
  danger:
    "border border-bad/50 bg-surface text-bad hover:bg-bad-soft disabled:border-line disabled:text-ink-faint",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
  /** The role that what it does is for; others see it shut, and can read why. Absent: anybody. */
  readonly needs?: ActingRole | undefined;
}

export function Button({ needs, ...rest }: ButtonProps) {
  return needs === undefined ? <Plain {...rest} /> : <ForRole {...rest} needs={needs} />;
}

/** A link for those who may do what it leads to; for others a button of that name that is shut. */
export function LinkFor({ needs, name, children }: { needs: ActingRole; name: string; children: ReactNode }) {
  return useRefusal(needs) === undefined ? children : <Button needs={needs}>{name}</Button>;
}

function ForRole({ needs, ...rest }: ButtonProps & { readonly needs: ActingRole }) {
  const refusal = useRefusal(needs);
  const id = useId();
  if (refusal === undefined) return <Plain {...rest} />;
  return (
    <>
      <Plain {...rest} disabled title={refusal} aria-describedby={id} />
      <span id={id} hidden>
        {refusal}
      </span>
    </>
  );
}

function Plain({ look = "plain", className, type = "button", ...rest }: Omit<ButtonProps, "needs">) {
  return (
    <button
      type={type}
      className={clsx(
        "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded px-3 font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed",
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}
