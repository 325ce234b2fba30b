import type { ClonePlan } from "@clone-xs/server/contract";
import { Figures } from "../../components/figures.tsx";
import { count } from "../../format.ts";

/** What the plan comes to, in a few numbers. */
export function PlanFigures({ plan }: { plan: ClonePlan }) {
  const cloned = (kind: string) =>
    plan.decisions.filter((decision) => decision.kind === kind && decision.action === "clone").length;
  const inSync = plan.decisions.filter(({ action }) => action === "keep").length;
  const left = plan.decisions.filter(({ action }) => action === "leave").length;
  return (
    <Figures
      label="The plan in numbers"
      figures={[
        { name: "Tables to clone", value: count(cloned("table")) },
        { name: "Views", value: count(cloned("view")) },
        { name: "Functions", value: count(cloned("function")) },
        { name: "Volumes", value: count(cloned("volume")) },
        { name: "In sync", value: count(inSync) },
        { name: "Left out", value: count(left) },
        {
          name: "Will fail",
          value: count(plan.blocked.length),
          ...(plan.blocked.length > 0 ? { tone: "bad" } : {}),
        },
        {
          name: "Not copied",
          value: count(plan.residue.length),
          ...(plan.residue.length > 0 ? { tone: "warn" } : {}),
        },
      ]}
    />
  );
}
