import type { RunEvent } from "@clone-xs/clone";
import type { Surroundings } from "../../surroundings.ts";
import type { CloneView } from "../clone-view.ts";
import { summaryText } from "./summary.ts";

export function humanCloneView(
  { out }: Pick<Surroundings, "out">,
  progress: (event: RunEvent) => void,
): CloneView {
  return {
    event: progress,
    finished: (summary, file) => out.write(`${summaryText(summary, file)}\n`),
  };
}
