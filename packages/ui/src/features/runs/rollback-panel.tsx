import type { RollbackSummary } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { rollBack, rollbackPreview } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/choices.tsx";
import { Name } from "../../components/name.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { plural } from "../../format.ts";
import { useFirstFocus } from "../../components/use-first-focus.ts";

export interface RollbackPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** What taking the run back would do, looked at now, and the button that does it. */
export function RollbackPanel({ id, onClose, onDone }: RollbackPanelProps) {
  const [force, setForce] = useState(false);
  const { data, error, isFetching, refetch } = useQuery(rollbackPreview(id, force));
  const { send, sent, error: failed } = useOnce(rollBack, () => Promise.resolve(onDone()));
  const first = useFirstFocus();
  return (
    <div ref={first} tabIndex={-1} className="outline-none">
      <Section title="Roll back this run">
        <div className="space-y-3">
          {error !== null ? (
            <ErrorNotice error={error} retry={() => void refetch()} />
          ) : data === undefined || isFetching ? (
            <SkeletonRows rows={3} label="Looking at the destination" />
          ) : (
            <RollbackLists rollback={data} />
          )}
          <Checkbox
            label="Undo also what others wrote to the copies since"
            note="Their writes are lost."
            checked={force}
            onChange={setForce}
          />
          {failed !== null && <ErrorNotice error={failed} />}
          <div className="flex flex-wrap gap-2">
            <Button
              look="danger"
              disabled={sent || isFetching || (data?.undone.length ?? 0) === 0}
              onClick={() => send({ id, force })}
            >
              {sent ? "Rolling back…" : `Roll back ${plural(data?.undone.length ?? 0, "change")}`}
            </Button>
            <Button disabled={sent} onClick={onClose}>
              Leave it as it is
            </Button>
          </div>
        </div>
      </Section>
    </div>
  );
}

/** How a run was taken back, once it was. */
export function RolledBack({ rollback }: { rollback: RollbackSummary }) {
  const stayed = rollback.left.length + rollback.errors.length;
  return stayed === 0 ? (
    <Notice title={`Rolled back: ${plural(rollback.undone.length, "change")} undone.`} />
  ) : (
    <div className="space-y-2">
      <Notice
        tone="warn"
        title={`Rolled back in part: ${plural(rollback.undone.length, "change")} undone, ${plural(stayed, "object")} left.`}
      />
      <RollbackLists rollback={{ ...rollback, undone: [] }} />
    </div>
  );
}

function RollbackLists({ rollback: { undone, left, errors } }: { rollback: RollbackSummary }) {
  const rows = [
    ...errors.map(({ object, message }) => ({ object, text: message, look: "text-bad" })),
    ...left.map(({ object, reason }) => ({ object, text: `stays: ${reason}`, look: "text-warn" })),
    ...undone.map(({ object, what }) => ({ object, text: what.replaceAll("_", " "), look: "text-ink-soft" })),
  ];
  if (rows.length === 0) return <p className="text-ink-soft">All is as it was before the run.</p>;
  return (
    <ul
      tabIndex={0}
      aria-label="What is undone, and what stays"
      className="max-h-80 divide-y divide-line overflow-y-auto rounded border border-line bg-surface"
    >
      {rows.map(({ object, text, look }, index) => (
        <li
          key={index}
          className="grid gap-x-4 px-3 py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:items-baseline"
        >
          <Name text={object} />
          <span className={`min-w-0 text-small wrap-anywhere ${look}`}>{text}</span>
        </li>
      ))}
    </ul>
  );
}
