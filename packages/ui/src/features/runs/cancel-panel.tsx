import type { Cancelled } from "@clone-xs/server/contract";
import { cancel } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { useFirstFocus } from "../../components/use-first-focus.ts";
import { cancelling } from "../../equivalents/runs.ts";

export interface CancelPanelProps {
  readonly id: string;
  readonly onKeep: () => void;
  readonly onCancelled: (answer: Cancelled) => void;
}

/** Asks before a run is cancelled, and says what that means. */
export function CancelPanel({ id, onKeep, onCancelled }: CancelPanelProps) {
  const { send, sent, error } = useOnce(cancel, (answer) => Promise.resolve(onCancelled(answer)));
  const first = useFirstFocus();
  return (
    <div
      ref={first}
      tabIndex={-1}
      role="group"
      aria-label="Cancel the run?"
      className="space-y-2 outline-none"
    >
      {error !== null && <ErrorNotice error={error} />}
      <Notice tone="warn" title="Cancel this run?">
        Statements under way are stopped at the warehouse. What is finished stays, what was not begun is left,
        and writers of a quiesced source get back what was taken from them.
        <span className="mt-2 flex flex-wrap gap-2 text-base">
          <Button look="danger" disabled={sent} onClick={() => send(id)}>
            {sent ? "Cancelling…" : "Yes, cancel it"}
          </Button>
          <Button disabled={sent} onClick={onKeep}>
            Keep it running
          </Button>
        </span>
      </Notice>
      <ByOtherMeans means={cancelling(id)} label="Cancelling by other means" />
    </div>
  );
}

/** What a cancel came to, in the server's words. */
export function CancelNote({ answer: { message } }: { answer: Cancelled }) {
  return <Notice tone="info" title={message} />;
}
