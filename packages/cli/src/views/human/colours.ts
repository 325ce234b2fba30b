import pc from "picocolors";
import type { Surroundings } from "../../surroundings.ts";

export interface Colours {
  /** ✓ in green or ✗ in red. */
  mark(passed: boolean): string;
}

/** Colours on a terminal, unless NO_COLOR is set; plain text elsewhere. */
export function coloursOn({ out, env }: Pick<Surroundings, "out" | "env">): Colours {
  const { green, red } = pc.createColors(out.isTerminal && !env["NO_COLOR"]);
  return { mark: (passed) => (passed ? green("✓") : red("✗")) };
}
