import type { RunSummary } from "@clone-xs/server/contract";
import { useMemo } from "react";
import { Tabs } from "../../components/tabs.tsx";
import { count } from "../../format.ts";
import { destinationOf } from "../../run-status.ts";
import { ProblemTable, ResidueTable } from "./findings.tsx";
import type { RunPicture } from "./fold.ts";
import { Log } from "./log.tsx";
import { Objects } from "./objects.tsx";
import { rowsOf, skippedUnnamed } from "./rows.ts";
import type { TargetRow } from "./target-rows.ts";

const NONE: RunSummary["errors"] = [];

export interface RunTabsProps {
  readonly id: string;
  readonly picture: RunPicture;
  /** Absent while the run goes on. */
  readonly summary: RunSummary | undefined;
  readonly targets: readonly TargetRow[];
}

/** A run object by object: what was done, what failed, what was not copied, and what it said. */
export function RunTabs({ id, picture, summary, targets }: RunTabsProps) {
  const errors = summary?.errors ?? NONE;
  const residue = summary?.residue ?? [];
  const rows = useMemo(() => rowsOf(picture.steps, errors), [picture.steps, errors]);
  const { run } = picture;
  const catalogOf = (target: string | undefined) =>
    targets.find(({ name }) => name === target)?.destination ?? (run === undefined ? "" : destinationOf(run));
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
              catalogOf={catalogOf}
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
