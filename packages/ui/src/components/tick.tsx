import { clsx } from "clsx";

/** ✓ or ✗, and the word for those who do not see it. */
export function Tick({ good, word }: { good: boolean; word: string }) {
  return (
    <span role="img" aria-label={word} className={clsx("font-semibold", good ? "text-good" : "text-bad")}>
      {good ? "✓" : "✗"}
    </span>
  );
}
