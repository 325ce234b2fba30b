import { chosenTargets, type TargetChoice } from "./targets.ts";

const FORBIDDEN = /[\s./]/u;

export const NO_CATALOG_NAME = "A catalog's name has no space, period or slash.";

/** Whether the workspace can take it for a catalog's name; empty text is for others to judge. */
export function isCatalogName(text: string): boolean {
  return !FORBIDDEN.test(text);
}

/** What keeps a choice of targets from being previewed. */
export function targetProblems(choice: TargetChoice): Partial<Record<"targets" | "targetsAtOnce", string>> {
  const targets = targetsProblem(choice);
  const atOnce = choice.targetsAtOnce;
  const badNumber = choice.elsewhere && choice.fanOut && !(Number.isInteger(atOnce) && atOnce >= 1);
  return {
    ...(targets === undefined ? {} : { targets }),
    ...(badNumber ? { targetsAtOnce: "A whole number from 1 on." } : {}),
  };
}

function targetsProblem(choice: TargetChoice): string | undefined {
  if (!choice.elsewhere) return undefined;
  const targets = chosenTargets(choice);
  if (targets.length === 0)
    return choice.fanOut ? "Choose at least one target." : "Choose the workspace to clone to.";
  const wrong = targets.find(({ destination }) => !isCatalogName(destination.trim()));
  return wrong === undefined ? undefined : `${wrong.connection}: ${NO_CATALOG_NAME}`;
}
