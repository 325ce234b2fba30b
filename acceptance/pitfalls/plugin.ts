import { resolve } from "node:path";
import type { Plugin } from "vitest/config";
import { mutantId, plant } from "./mutant.ts";
import { mutants } from "./mutants.ts";

/**
 * Plants the mutant that is asked for into the modules that tests load; nothing when none is. The files on the disk stay as they
 * are. Throws for an unknown mutant and for one that does not fit its file any more.
 */
export function mutantPlugin(root: string, wanted: string | undefined): Plugin {
  const mutant = mutants.find((each) => mutantId(each, mutants) === wanted);
  if (wanted !== undefined && mutant === undefined) throw new Error(`There is no mutant ${wanted}.`);
  const file = mutant && resolve(root, mutant.file);
  return {
    name: "clxs-mutant",
    enforce: "pre",
    transform: (source, id) =>
      mutant !== undefined && id.split("?")[0] === file
        ? { code: plant(mutant, source), map: null }
        : undefined,
  };
}
