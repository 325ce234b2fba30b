import type { Step } from "../plan.ts";
import { changeId } from "./change-id.ts";
import type { Change, Finding } from "./finding.ts";
import type { Governed } from "./governed.ts";
import type { GovernanceOperation } from "./operations.ts";
import { nameOfTarget } from "./target-name.ts";

export type GovernanceStep = Step & { readonly operation: GovernanceOperation };

/** The steps of one object's changes; `needed` tells what each has to wait for beside the object's own step. */
export function stepsOf(
  object: Governed,
  findings: readonly Finding[],
  needed: (change: Change) => readonly string[],
): readonly GovernanceStep[] {
  return changesOf(findings).map((change) => ({
    id: idOf(object, change),
    stage: change.stage,
    kind: "governance",
    object: nameOfTarget(change.operation.target),
    reason: object.step?.reason ?? (object.dependsOn.length > 0 ? "never_cloned" : "differs"),
    dependsOn: [...new Set([...object.dependsOn, ...(change.needs ?? []), ...needed(change)])],
    operation: change.operation,
  }));
}

export function idOf(object: Governed, { stage, part }: Change): string {
  return changeId(stage, object, part);
}

export function changesOf(findings: readonly Finding[]): readonly Change[] {
  return findings.filter((finding) => finding.kind === "change");
}
