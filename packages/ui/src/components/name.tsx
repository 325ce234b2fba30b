import { Fragment } from "react";

/** A name that may be broken after its dots and underscores, and only where it must be elsewhere. `dim` parts are paler. */
export function Name({ text, dim = "" }: { text: string; dim?: string }) {
  return (
    <span className="name">
      {dim !== "" && <span className="text-ink-soft">{breakable(dim)}</span>}
      {breakable(text)}
    </span>
  );
}

function breakable(text: string) {
  return text.split(/(?<=[._])/u).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
