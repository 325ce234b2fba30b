import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { resume } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Pair } from "../../components/pair.tsx";
import { useTitle } from "../../components/use-title.ts";
import { ago, clock, duration } from "../../format.ts";
import { destinationOf, isLive, secondsOf, toText } from "../../run-status.ts";
import type { RunPicture } from "./fold.ts";
import { ReportMenu } from "./report-menu.tsx";
import { Outcome, RunState } from "./run-state.tsx";

export interface RunHeaderProps {
  readonly picture: RunPicture;
  /** It is the heading of the page. */
  readonly titled: boolean;
  readonly asking: "cancel" | "rollback" | undefined;
  readonly onAsk: (what: "cancel" | "rollback") => void;
  readonly onVerify: () => void;
  readonly onAgain: () => void;
}

/** What a run is of, how it stands, and what can be done with it. */
export function RunHeader(props: RunHeaderProps) {
  const { picture, titled } = props;
  const Heading = titled ? "h1" : "p";
  const goesTo = toText(picture);
  const ends = `${picture.source_catalog} → ${destinationOf(picture)}`;
  useTitle(titled ? `${ends} · run ${picture.job_id}` : undefined);
  const summary = isLive(picture) ? null : picture.result;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Heading className={titled ? "text-title font-semibold tracking-tight" : "text-lead font-medium"}>
            <Pair source={picture.source_catalog} destination={destinationOf(picture)} />
          </Heading>
          {goesTo !== "" && <span className="text-ink-soft">{goesTo}</span>}
          {summary === null ? <RunState status={picture.status} /> : <Outcome status={summary.status} />}
          {picture.dry_run && <Badge>DRY RUN</Badge>}
        </div>
        <p className="figure mt-1 text-ink-soft">
          {factsOf(picture).map((fact, index) => (
            <span key={index}>
              {index > 0 && <span className="text-ink-faint"> · </span>}
              {fact}
            </span>
          ))}
        </p>
      </div>
      <Actions {...props} />
    </div>
  );
}

function factsOf(picture: RunPicture): readonly ReactNode[] {
  const { job_id, clone_type, load_type, created_at, started_at, schedule, queue_position } = picture;
  const seconds = secondsOf(picture);
  const began = started_at ?? created_at;
  return [
    <>
      run <span className="name text-ink">{job_id}</span>
    </>,
    `${clone_type.toLowerCase()}, ${load_type.toLowerCase()} load`,
    <time key="began" dateTime={began} title={new Date(began).toLocaleString()}>
      {started_at === null ? "submitted" : "began"} {clock(Date.parse(began))}, {ago(began, Date.now())}
    </time>,
    ...(queue_position === null ? [] : [`number ${queue_position} in the queue`]),
    ...(schedule === null ? [] : ["by a schedule"]),
    ...(seconds === undefined ? [] : [`took ${duration(seconds)}`]),
  ];
}

function Actions({ picture, asking, onAsk, onVerify, onAgain }: RunHeaderProps) {
  const { job_id: id, status, dry_run, result, resumable, undoable } = picture;
  if (isLive(picture)) {
    const under = status === "cancelling";
    return (
      <Button
        needs="operator"
        look="danger"
        disabled={under || asking === "cancel"}
        onClick={() => onAsk("cancel")}
      >
        {under ? "Cancelling…" : "Cancel the run"}
      </Button>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {resumable && <ResumeButton id={id} onResumed={onAgain} />}
      {undoable && asking !== "rollback" && (
        <Button needs="operator" onClick={() => onAsk("rollback")}>
          Roll back…
        </Button>
      )}
      {!dry_run && result !== null && (
        <Button needs="operator" onClick={onVerify}>
          Verify
        </Button>
      )}
      {result !== null && <ReportMenu id={id} />}
      <Link
        to="/clone"
        search={{ from: id }}
        className="inline-flex h-8 items-center rounded border border-line-strong/60 bg-surface px-3 font-medium hover:border-ink-soft"
      >
        Set up another like it
      </Link>
    </div>
  );
}

function ResumeButton({ id, onResumed }: { id: string; onResumed: () => void }) {
  const { send, sent, error } = useOnce(resume, () => Promise.resolve(onResumed()));
  return (
    <>
      {error !== null && <span className="self-center text-small text-bad">{error.message}</span>}
      <Button needs="operator" look="primary" disabled={sent} onClick={() => send(id)}>
        Resume
      </Button>
    </>
  );
}
