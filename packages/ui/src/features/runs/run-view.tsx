import type { Cancelled } from "@clone-xs/server/contract";
import { useCallback, useMemo, useState } from "react";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { isLive, secondsOf } from "../../run-status.ts";
import { CancelNote, CancelPanel } from "./cancel-panel.tsx";
import { Progress } from "./progress.tsx";
import { QuiesceNote } from "./quiesce-note.tsx";
import { quiesceOf } from "./quiesce.ts";
import { RollbackPanel, RolledBack } from "./rollback-panel.tsx";
import { RunHeader } from "./run-header.tsx";
import { changed, type ChangeRunSearch, type RunSearch } from "./run-search.ts";
import { RunTabs } from "./run-tabs.tsx";
import { ShareFacts } from "./share-facts.tsx";
import { sharesOf } from "./shares.ts";
import { SummaryFigures } from "./summary-figures.tsx";
import { targetRowsOf } from "./target-rows.ts";
import { Targets } from "./targets.tsx";
import { useRun } from "./use-run.ts";

type Panel = "cancel" | "rollback";

export interface RunViewProps {
  readonly id: string;
  /** What of it is in sight, where the address keeps it. */
  readonly search?: RunSearch;
  readonly onSearch?: ChangeRunSearch;
  /** The run is what the page is about. */
  readonly titled?: boolean;
  /** What the server said when it took the run: told until the run is over. */
  readonly taken?: string | undefined;
}

/** One run, live while it goes on and complete when it is over: step 4 of the wizard, and `/runs/{id}`. */
export function RunView({ id, search: given, onSearch, titled = false, taken }: RunViewProps) {
  const [own, setOwn] = useState<RunSearch>({});
  const changeOwn = useCallback<ChangeRunSearch>((change) => setOwn((now) => changed(now, change)), []);
  const [panel, setPanel] = useState<Panel>();
  const [answer, setAnswer] = useState<Cancelled>();
  const { picture, interrupted, error, again } = useRun(id);
  const guardLines = picture?.guard_lines;
  const quiesce = useMemo(() => quiesceOf(guardLines ?? []), [guardLines]);
  const search = given ?? own;
  const change = onSearch ?? changeOwn;
  if (error !== null || picture === undefined)
    return (
      <>
        {titled && <PageHead title={`Run ${id}`} />}
        {error === null && taken !== undefined && <Taken text={taken} />}
        {error === null ? <SkeletonRows rows={6} label="Loading the run" /> : <ErrorNotice error={error} />}
      </>
    );
  const live = isLive(picture);
  const summary = live ? undefined : (picture.result ?? undefined);
  const targets = targetRowsOf(picture, picture.standing, summary);
  const shares = summary === undefined ? undefined : sharesOf(summary);
  const done = () => {
    setPanel(undefined);
    setAnswer(undefined);
    again();
  };

  return (
    <div className="space-y-5">
      {taken !== undefined && <Taken text={taken} />}
      <RunHeader
        picture={picture}
        titled={titled}
        asking={panel}
        onAsk={setPanel}
        onVerify={() => change({ tab: "verification" })}
        onAgain={done}
      />
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
        <RollbackPanel id={id} onClose={() => setPanel(undefined)} onDone={done} />
      )}
      {!live && picture.rollback != null && panel !== "rollback" && (
        <RolledBack rollback={picture.rollback} />
      )}
      {interrupted && !picture.over && (
        <Notice tone="warn" title="The connection to the server is lost; trying again." />
      )}
      {picture.error !== null && summary === undefined && !live && (
        <Notice tone="bad" title="The run could not be carried out">
          {picture.error}
        </Notice>
      )}
      {quiesce !== undefined && <QuiesceNote quiesce={quiesce} over={!live} />}
      {summary === undefined ? (
        live && <Progress run={picture} progress={picture.progress ?? undefined} />
      ) : (
        <SummaryFigures summary={summary} seconds={secondsOf(picture) ?? summary.duration_seconds} />
      )}
      {shares !== undefined && <ShareFacts shares={shares} />}
      {targets.length > 0 && <Targets source={picture.source_catalog} rows={targets} />}
      <RunTabs picture={picture} summary={summary} targets={targets} search={search} onChange={change} />
    </div>
  );
}

function Taken({ text }: { text: string }) {
  return (
    <p role="status" className="mb-5 text-ink-soft">
      {text}
    </p>
  );
}
