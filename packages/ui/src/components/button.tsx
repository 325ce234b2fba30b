import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

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
}

export function Button({ look = "plain", className, type = "button", ...rest }: ButtonProps) {
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
