import { CopyButton } from "./copy-button.tsx";

/** Text to take away, as it is. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative rounded border border-line bg-sunken">
      <pre
        tabIndex={0}
        aria-label={label}
        role="region"
        className="name overflow-x-auto px-3 py-2.5 pr-20 leading-5 whitespace-pre"
      >
        {text}
      </pre>
      <div className="absolute top-1 right-px bg-sunken pr-1">
        <CopyButton text={text} label={label} />
      </div>
    </div>
  );
}
