import { type ClonePlan, type Decision, type Step } from "@clone-xs/clone";
import { withFlags } from "../../commands/clone/flags.ts";
import { counted, tally } from "./words.ts";

/** A plan as people read it: what happens to each object and why, then what cannot be copied. Ends without a newline. */
export function planText(plan: ClonePlan): string {
  const clones = plan.decisions.filter(({ action }) => action === "clone");
  const others = plan.decisions.filter(({ action }) => action !== "clone");
  return [
    `${plan.sourceCatalog} → ${plan.destinationCatalog}: ${counted(plan.steps.length, "step")}${plan.targetExists ? "" : ", the destination will be made"}`,
    ...(plan.cut ? [`tables at the versions they have from ${plan.cut.from} on, one cut for all`] : []),
    ...section("to clone", clones.map(decisionLine)),
    ...section("left as it is", others.map(decisionLine)),
    ...section("order", stages(plan.steps)),
    ...section(
      "refused",
      plan.refused.map(({ object, message }) => `${object}: ${withFlags(message)}`),
    ),
    ...section(
      "cannot be done",
      plan.blocked.map(({ object, message }) => `${object}: ${withFlags(message)}`),
    ),
    ...section(
      `not copied: ${tally(plan.residue.map(({ what }) => what))}`,
      plan.residue.map(({ object, what, reason }) => `${object}: ${what}: ${reason}`),
    ),
    ...section(
      "gain access",
      plan.access.map(
        ({ principal, object, privileges }) => `${principal}: ${privileges.join(", ")} on ${object}`,
      ),
    ),
    ...section("notes", plan.notes.map(withFlags)),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function decisionLine({ kind, schema, name, action, reason, detail }: Decision): string {
  return `${kind} ${schema}.${name}: ${action} (${reason})${detail === undefined ? "" : ` — ${detail}`}`;
}

function stages(steps: readonly Step[]): readonly string[] {
  const names = [...new Set(steps.map(({ stage }) => stage))];
  return names.map(
    (stage) => `${stage}: ${counted(steps.filter((step) => step.stage === stage).length, "step")}`,
  );
}
