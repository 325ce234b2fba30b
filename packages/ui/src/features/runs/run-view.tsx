import type { RunSummary } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { cancel, runOf } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { count } from "../../format.ts";
import { isLive, secondsOf } from "../../run-status.ts";
import { ProblemTable, ResidueTable } from "./findings.tsx";
import type { RunPicture } from "./fold.ts";
import { Log } from "./log.tsx";
import { Progress } from "./progress.tsx";
import { Outcome, RunState } from "./run-state.tsx";
import { Objects } from "./objects.tsx";
import { rowsOf, skippedUnnamed } from "./rows.ts";
import { SummaryFigures } from "./summary-figures.tsx";
import { useRun } from "./use-run.ts";

/** One run, live while it goes on and complete when it is over: step 4 of the wizard, and `/runs/{id}`. */
export function RunView({ id }: { id: string }) {
  const { picture, interrupted, error } = useRun(id);
  const stored = useQuery({ ...runOf(id), enabled: picture.over }).data;
  const { run } = picture;
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (run === undefined) return <SkeletonRows rows={6} label="Loading the run" />;
  const summary = picture.summary ?? stored?.result ?? undefined;

  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="text-lead">
          <Pair source={run.source_catalog} destination={run.destination_catalog} />
        </span>
        {summary === undefined || isLive(run) ? (
          <RunState status={run.status} />
        ) : (
          <Outcome status={summary.status} />
        )}
        {run.dry_run && <Badge>DRY RUN</Badge>}
        <span className="text-ink-faint">
          {run.clone_type.toLowerCase()}, {run.load_type.toLowerCase()} · run{" "}
          <span className="name">{id}</span>
        </span>
        <span className="ml-auto flex gap-2">
          {isLive(run) ? <CancelButton id={id} status={run.status} /> : <AgainLink id={id} />}
        </span>
      </div>
      {interrupted && !picture.over && (
        <Notice tone="warn" title="The connection to the server is lost; trying again." />
      )}
      {run.error !== null && summary === undefined && (
        <Notice tone="bad" title="The run could not be carried out">
          {run.error}
        </Notice>
      )}
      {summary === undefined || isLive(run) ? (
        isLive(run) && <Progress run={run} progress={picture.progress} />
      ) : (
        <SummaryFigures summary={summary} seconds={secondsOf(run) ?? summary.duration_seconds} />
      )}
      <RunTabs id={id} picture={picture} summary={summary} />
    </div>
  );
}

const NONE: RunSummary["errors"] = [];

function RunTabs({
  id,
  picture,
  summary,
}: {
  id: string;
  picture: RunPicture;
  summary: RunPicture["summary"];
}) {
  const errors = summary?.errors ?? NONE;
  const residue = summary?.residue ?? [];
  const rows = useMemo(() => rowsOf(picture.steps, errors), [picture.steps, errors]);
  const nothingMade = picture.over && rows.length === 0;
  return (
    <Tabs
      key={nothingMade ? "log" : "objects"}
      label="Details of the run"
      initial={errors.length > 0 ? "errors" : nothingMade ? "log" : "objects"}
      tabs={[
        {
          id: "objects",
          label: <Counted name="Objects" value={rows.length} />,
          content: (
            <Objects
              rows={rows}
              unnamed={summary === undefined || summary.dry_run ? 0 : skippedUnnamed(rows, summary)}
              catalog={picture.run?.destination_catalog ?? ""}
              over={picture.over}
            />
          ),
        },
        ...(errors.length === 0
          ? []
          : [
              {
                id: "errors",
                label: <Counted name="Errors" value={errors.length} bad />,
                content: <ProblemTable problems={errors} />,
              },
            ]),
        ...(residue.length === 0
          ? []
          : [
              {
                id: "residue",
                label: <Counted name="Not copied" value={residue.length} />,
                content: <ResidueTable residue={residue} />,
              },
            ]),
        {
          id: "log",
          label: <Counted name="Log" value={picture.log.length} />,
          content: <Log id={id} lines={picture.log} />,
        },
      ]}
    />
  );
}

function Counted({ name, value, bad = false }: { name: string; value: number; bad?: boolean }) {
  return (
    <>
      {name}
      <span className={`figure text-tiny ${bad ? "font-semibold text-bad" : "text-ink-faint"}`}>
        {count(value)}
      </span>
    </>
  );
}

function CancelButton({ id, status }: { id: string; status: string }) {
  const { send, sent, error } = useOnce(cancel);
  const under = sent || status === "cancelling";
  return (
    <>
      {error !== null && <span className="self-center text-small text-bad">{error.message}</span>}
      <Button look="danger" disabled={under} onClick={() => send(id)}>
        {under ? "Cancelling…" : "Cancel the run"}
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
