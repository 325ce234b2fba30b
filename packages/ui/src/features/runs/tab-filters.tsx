import { clsx } from "clsx";
import { useEffect, useState } from "react";
import { inputLook } from "../../components/field.tsx";

const PAUSE_MS = 250;

/** A text to look for: it counts when the hand rests. */
export function Search({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed === "" ? undefined : typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      spellCheck={false}
      className={clsx(inputLook(false), "min-w-24 flex-1 sm:max-w-60")}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

/** One of some values, or all. */
export function Choice({
  label,
  all,
  value,
  values,
  onChange,
}: {
  label: string;
  all: string;
  value: string | undefined;
  values: readonly string[];
  onChange: (value: string | undefined) => void;
}) {
  return (
    <select
      aria-label={label}
      className={clsx(inputLook(false), "w-auto! max-w-40")}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    >
      <option value="">{all}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}
