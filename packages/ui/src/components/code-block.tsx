import { clsx } from "clsx";
import { CopyButton } from "./copy-button.tsx";

/** Text to take away, as it is. `wrap`: lines are longer than there is room. */
export function CodeBlock({ text, label, wrap = false }: { text: string; label: string; wrap?: boolean }) {
  return (
    <div className="relative rounded border border-line bg-sunken">
      <pre
        tabIndex={0}
        aria-label={label}
        role="region"
        className={clsx(
          "name overflow-x-auto px-3 py-2.5 leading-5",
          wrap ? "pt-8 whitespace-pre-wrap" : "pr-20 whitespace-pre",
        )}
      >
        {text}
      </pre>
      <div className="absolute top-1 right-px bg-sunken pr-1">
        <CopyButton text={text} label={label} />
      </div>
    </div>
  );
}
