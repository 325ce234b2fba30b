import type { Stage } from "../plan.ts";
import type { Governed } from "./governed.ts";

/** Id of the step of one change: `tags:table:bronze.events`, `grants:schema:bronze:readers`. */
export function changeId(
  stage: Stage,
  { kind, local }: Pick<Governed, "kind" | "local">,
  part?: string,
): string {
  return [stage, kind, local, ...(part === undefined ? [] : [part])].join(":");
}
