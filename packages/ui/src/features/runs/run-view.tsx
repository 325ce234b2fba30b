import type { Cancelled } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { resume, runOf } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { destinationOf, isLive, secondsOf, toText } from "../../run-status.ts";
import { CancelNote, CancelPanel } from "./cancel-panel.tsx";
import { Progress } from "./progress.tsx";
import { QuiesceNote } from "./quiesce-note.tsx";
import { quiesceOf } from "./quiesce.ts";
import { RollbackPanel, RolledBack } from "./rollback-panel.tsx";
import { RunTabs } from "./run-tabs.tsx";
import { Outcome, RunState } from "./run-state.tsx";
import { ShareFacts } from "./share-facts.tsx";
import { sharesOf } from "./shares.ts";
import { SummaryFigures } from "./summary-figures.tsx";
import { targetRowsOf } from "./target-rows.ts";
import { Targets } from "./targets.tsx";
import { useRun } from "./use-run.ts";

type Panel = "cancel" | "rollback";

/** One run, live while it goes on and complete when it is over: step 4 of the wizard, and `/runs/{id}`. */
export function RunView({ id }: { id: string }) {
  const [round, setRound] = useState(0);
  const [panel, setPanel] = useState<Panel>();
  const [answer, setAnswer] = useState<Cancelled>();
  const { picture, interrupted, error } = useRun(id, round);
  const { data, isFetching } = useQuery({ ...runOf(id), enabled: picture.over });
  const { run } = picture;
  const quiesce = useMemo(() => quiesceOf(picture.log), [picture.log]);
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (run === undefined) return <SkeletonRows rows={6} label="Loading the run" />;
  const live = isLive(run);
  const goesTo = toText(run);
  const stored = live || isFetching ? undefined : data;
  const summary = live ? undefined : (picture.summary ?? data?.result ?? undefined);
  const targets = targetRowsOf(run, picture.targets, summary);
  const shares = summary === undefined ? undefined : sharesOf(summary);
  const again = () => {
    setPanel(undefined);
    setAnswer(undefined);
    setRound(round + 1);
  };

  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="text-lead">
          <Pair source={run.source_catalog} destination={destinationOf(run)} />
          {goesTo !== "" && <span className="ml-2 text-base text-ink-soft">{goesTo}</span>}
        </span>
        {summary === undefined ? <RunState status={run.status} /> : <Outcome status={summary.status} />}
        {run.dry_run && <Badge>DRY RUN</Badge>}
        <span className="text-ink-faint">
          {run.clone_type.toLowerCase()}, {run.load_type.toLowerCase()} · run{" "}
          <span className="name">{id}</span>
        </span>
        <span className="ml-auto flex gap-2">
          {live ? (
            <CancelButton status={run.status} asking={panel === "cancel"} onAsk={() => setPanel("cancel")} />
          ) : (
            <>
              {stored?.resumable === true && <ResumeButton id={id} onResumed={again} />}
              {stored?.undoable === true && panel !== "rollback" && (
                <Button onClick={() => setPanel("rollback")}>Roll back…</Button>
              )}
              <AgainLink id={id} />
            </>
          )}
        </span>
      </div>
      {live && panel === "cancel" && (
        <CancelPanel
          id={id}
          onKeep={() => setPanel(undefined)}
          onCancelled={(told) => {
            setPanel(undefined);
            setAnswer(told);
          }}
        />
      )}
      {answer !== undefined && (live || answer.status !== "cancelling") && <CancelNote answer={answer} />}
      {!live && panel === "rollback" && (
        <RollbackPanel id={id} onClose={() => setPanel(undefined)} onDone={again} />
      )}
      {stored?.rollback != null && panel !== "rollback" && <RolledBack rollback={stored.rollback} />}
      {interrupted && !picture.over && (
        <Notice tone="warn" title="The connection to the server is lost; trying again." />
      )}
      {run.error !== null && summary === undefined && (
        <Notice tone="bad" title="The run could not be carried out">
          {run.error}
        </Notice>
      )}
      {quiesce !== undefined && <QuiesceNote quiesce={quiesce} over={!live} />}
      {summary === undefined ? (
        live && <Progress run={run} progress={picture.progress} />
      ) : (
        <SummaryFigures summary={summary} seconds={secondsOf(run) ?? summary.duration_seconds} />
      )}
      {shares !== undefined && <ShareFacts shares={shares} />}
      {targets.length > 0 && <Targets source={run.source_catalog} rows={targets} />}
      <RunTabs id={id} picture={picture} summary={summary} targets={targets} />
    </div>
  );
}

interface CancelButtonProps {
  readonly status: string;
  readonly asking: boolean;
  readonly onAsk: () => void;
}

function CancelButton({ status, asking, onAsk }: CancelButtonProps) {
  const under = status === "cancelling";
  return (
    <Button look="danger" disabled={under || asking} onClick={onAsk}>
      {under ? "Cancelling…" : "Cancel the run"}
    </Button>
  );
}

function ResumeButton({ id, onResumed }: { id: string; onResumed: () => void }) {
  const { send, sent, error } = useOnce(resume, () => Promise.resolve(onResumed()));
  return (
    <>
      {error !== null && <span className="self-center text-small text-bad">{error.message}</span>}
      <Button look="primary" disabled={sent} onClick={() => send(id)}>
        Resume
      </Button>
    </>
  );
}

function AgainLink({ id }: { id: string }) {
  return (
    <Link
      to="/clone"
      search={{ from: id }}
      className="inline-flex h-8 items-center rounded border border-line-strong/60 bg-surface px-3 font-medium hover:border-ink-soft"
    >
      Set up another like it
    </Link>
  );
}
