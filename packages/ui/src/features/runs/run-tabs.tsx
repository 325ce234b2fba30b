import type { RunSummary } from "@clone-xs/server/contract";
import { useCallback } from "react";
import { Tabs } from "../../components/tabs.tsx";
import { count } from "../../format.ts";
import { destinationOf } from "../../run-status.ts";
import { FindingsTab } from "./findings.tsx";
import type { RunPicture } from "./fold.ts";
import { LogTab } from "./log.tsx";
import type { RunStage } from "./object-state.tsx";
import { ObjectsTab } from "./objects-tab.tsx";
import { RequestTab } from "./request-tab.tsx";
import { type ChangeRunSearch, RUN_TABS, type RunSearch, type RunTab } from "./run-search.ts";
import { StatementsTab } from "./statements-tab.tsx";
import type { TargetRow } from "./target-rows.ts";
import { TimelineTab } from "./timeline-tab.tsx";
import { VerificationTab } from "./verification-tab.tsx";

export interface RunTabsProps {
  readonly picture: RunPicture;
  /** Absent while the run goes on. */
  readonly summary: RunSummary | undefined;
  readonly targets: readonly TargetRow[];
  readonly search: RunSearch;
  readonly onChange: ChangeRunSearch;
}

/** A run part by part. */
export function RunTabs({ picture, summary, targets, search, onChange }: RunTabsProps) {
  const id = picture.job_id;
  const own = destinationOf(picture);
  const destinations = JSON.stringify(targets.map(({ name, destination }) => [name, destination]));
  const catalogOf = useCallback(
    (target: string | null) =>
      new Map(JSON.parse(destinations) as [string, string][]).get(target ?? "") ?? own,
    [destinations, own],
  );
  const stage: RunStage = !picture.over ? "live" : picture.dry_run ? "dry" : "over";
  const errors = summary?.errors.length ?? 0;
  const residue = summary?.residue.length ?? 0;
  const content: Record<RunTab, readonly [label: React.ReactNode, content: React.ReactNode]> = {
    objects: [
      <Counted key="label" name="Objects" value={picture.objects} />,
      <ObjectsTab
        key="content"
        picture={picture}
        stage={stage}
        search={search}
        onChange={onChange}
        catalogOf={catalogOf}
      />,
    ],
    statements: [
      "Statements",
      <StatementsTab
        key="content"
        id={id}
        summary={summary}
        stage={stage}
        search={search}
        onChange={onChange}
      />,
    ],
    errors: [
      <span key="label" className="flex gap-1.5">
        <Counted name="Errors" value={errors} bad={errors > 0} />
        {residue > 0 && <Counted name="Not copied" value={residue} />}
      </span>,
      <FindingsTab key="content" summary={summary} live={stage === "live"} />,
    ],
    timeline: ["Timeline", <TimelineTab key="content" id={id} stage={stage} catalogOf={catalogOf} />],
    log: [
      <Counted key="label" name="Log" value={picture.log_lines} />,
      <LogTab key="content" id={id} live={stage === "live"} search={search} onChange={onChange} />,
    ],
    request: ["Request", <RequestTab key="content" picture={picture} />],
    verification: ["Verification", <VerificationTab key="content" picture={picture} />],
  };
  const first = errors > 0 ? "errors" : picture.over && picture.objects === 0 ? "log" : "objects";
  return (
    <Tabs
      label="Parts of the run"
      open={search.tab ?? first}
      onOpen={(tab) => onChange({ tab: tab as RunTab, q: undefined, object: undefined, at: undefined })}
      tabs={RUN_TABS.map((tab) => ({ id: tab, label: content[tab][0], content: content[tab][1] }))}
    />
  );
}

function Counted({ name, value, bad = false }: { name: string; value: number; bad?: boolean }) {
  return (
    <span className="flex items-baseline gap-1.5">
      {name}
      <span className={`figure text-tiny ${bad ? "font-semibold text-bad" : "text-ink-faint"}`}>
        {count(value)}
      </span>
    </span>
  );
}
