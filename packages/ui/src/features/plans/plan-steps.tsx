import type { KeptPlanDetail } from "@clone-xs/server/contract";
import { useMemo, useState } from "react";
import { Segments } from "../../components/choices.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Name } from "../../components/name.tsx";
import { count } from "../../format.ts";

type Step = KeptPlanDetail["plan"]["steps"][number];

/** What is done, stage by stage. Steps of one stage may be done at the same time. */
export function PlanSteps({ steps }: { steps: readonly Step[] }) {
  const [stage, setStage] = useState("");
  const stages = useMemo(() => countsOf(steps), [steps]);
  const shown = useMemo(() => steps.filter((step) => stage === "" || step.stage === stage), [steps, stage]);
  return (
    <div className="space-y-3">
      <Segments
        label="Stage"
        value={stage === "" ? ALL : stage}
        choices={[
          { value: ALL, label: `All ${count(steps.length)}` },
          ...stages.map(([value, number]) => ({ value, label: `${value} ${count(number)}` })),
        ]}
        onChange={(value) => setStage(value === ALL ? "" : value)}
      />
      <DataTable
        label="Steps"
        rows={shown}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty="There is nothing to do."
        maxHeight="60vh"
      />
    </div>
  );
}

const ALL = "all stages";

/** Stages in the order in which they come first. */
function countsOf(steps: readonly Step[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { stage } of steps) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return [...counts];
}

const COLUMNS: readonly Column<Step>[] = [
  {
    id: "stage",
    label: "Stage",
    width: "7rem",
    narrow: "5.5rem",
    cell: ({ stage }) => <span className="text-ink-soft">{stage}</span>,
  },
  {
    id: "what",
    label: "What",
    width: "10rem",
    wideOnly: true,
    sortBy: (step) => String(step["operation"]),
    cell: (step) => <span className="name">{String(step["operation"])}</span>,
  },
  {
    id: "object",
    label: "Object",
    width: "minmax(0,5fr)",
    sortBy: ({ object }) => object,
    cell: ({ object }) => <Name text={object} />,
  },
  {
    id: "reason",
    label: "Reason",
    width: "minmax(0,4fr)",
    wideOnly: true,
    sortBy: ({ reason }) => reason,
    cell: ({ reason }) => <span className="text-ink-soft">{reason}</span>,
  },
];
