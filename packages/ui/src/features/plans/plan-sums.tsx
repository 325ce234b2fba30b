import type { KeptPlanDetail } from "@clone-xs/server/contract";
import { Figures } from "../../components/figures.tsx";
import { bytes, count } from "../../format.ts";

/** What the plan comes to, in a few numbers. */
export function PlanSums({ plan: { plan, counts } }: { plan: KeptPlanDetail }) {
  const cloned = (kind: string) =>
    plan.decisions.filter((decision) => decision.kind === kind && decision.action === "clone").length;
  return (
    <Figures
      label="The plan in numbers"
      figures={[
        { name: "Tables to clone", value: count(cloned("table")) },
        { name: "Views and functions", value: count(cloned("view") + cloned("function")) },
        { name: "Volumes", value: count(cloned("volume")) },
        { name: "Data", value: counts.bytes === null ? "not known" : bytes(counts.bytes) },
        { name: "Steps", value: count(counts.steps) },
        { name: "In sync", value: count(counts.actions["keep"] ?? 0) },
        {
          name: "Gain access",
          value: count(counts.access),
          ...(counts.access > 0 ? { tone: "warn" } : {}),
        },
        {
          name: "Fail or not copied",
          value: count(counts.blocked + counts.residue),
          ...(counts.blocked > 0 ? { tone: "bad" } : counts.residue > 0 ? { tone: "warn" } : {}),
        },
      ]}
    />
  );
}
