import { Notice } from "../../components/notice.tsx";
import { plural } from "../../format.ts";
import type { QuiesceState } from "./quiesce.ts";

/** Whether the source's writers are stopped: nobody should have to look for that. */
export function QuiesceNote({ quiesce, over }: { quiesce: QuiesceState; over: boolean }) {
  if (quiesce.state === "restored") return <p className="text-small text-ink-soft">{quiesce.line}</p>;
  if (quiesce.state === "failed")
    return (
      <Notice tone="bad" title="Not everything that was taken from writers could be given back">
        {quiesce.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Notice>
    );
  return over ? (
    <Notice tone="bad" title="The source is still quiesced">
      What was taken is on record and given back as soon as the workspace allows; clxs unlock does so at once.
    </Notice>
  ) : (
    <Notice
      tone="warn"
      title={`The source is quiesced: ${plural(quiesce.revokes, "grant")} to write taken away until it is released`}
    />
  );
}
