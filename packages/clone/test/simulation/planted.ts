import { resolve } from "node:path";
import { createServer, type Plugin } from "vite";
import type { Played, Seeds } from "./play.ts";

/** A bug that the simulation has to find: a text of the engine's source, and what stands there instead. */
export interface PlantedBug {
  readonly mistake: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in that file exactly once. */
  readonly right: string;
  readonly wrong: string;
}

export const PLANTED: readonly PlantedBug[] = [
  {
    mistake: "tables are cloned as they are when the statement runs, not at the version that the stamp names",
    file: "packages/clone/src/execute/making-tables.ts",
    right: "const asOf = version === null ? {} : { asOf: { version: BigInt(version) } };",
    wrong: "const asOf = {};",
  },
  {
    mistake: "what a quiesce took is given back only by those who come after",
    file: "packages/clone/src/guards/quiesce/with-quiesce.ts",
    right: `  } finally {
    await release();
  }`,
    wrong: `  } finally {
    void 0;
  }`,
  },
  {
    mistake: "a statement whose answer was lost counts as done",
    file: "packages/clone/src/execute/retry.ts",
    right: "const seen = isLost || isThere ? await observe() : undefined;",
    wrong: "const seen = isLost ? ({} as Result) : isThere ? await observe() : undefined;",
  },
  {
    mistake: "a share that is found is taken to hold every table",
    file: "packages/clone/src/route/fill-share.ts",
    right: 'if (found === undefined) return [{ action: "ADD", object }];',
    wrong: 'if (found === undefined) return there.size > 0 ? [] : [{ action: "ADD", object }];',
  },
  {
    mistake: "of two changes of a key in one commit the earlier one is merged",
    file: "packages/clone/src/streams/table-program.ts",
    right: "THEN 0 ELSE 1 END) AS _clxs_rank",
    wrong: "THEN 0 ELSE 1 END DESC) AS _clxs_rank",
  },
];

const root = resolve(import.meta.dirname, "../../../..");

/** Plays seeds on an engine with the bug in it, until one breaks an invariant. The files on the disk stay as they are. */
export async function playPlanted(bug: PlantedBug, seeds: Seeds): Promise<Played> {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [planting(bug)],
  });
  try {
    const loaded = (await server.ssrLoadModule(
      "/packages/clone/test/simulation/play.ts",
    )) as typeof import("./play.ts");
    return await loaded.play(seeds, () => undefined);
  } finally {
    await server.close();
  }
}

function planting({ file, right, wrong }: PlantedBug): Plugin {
  return {
    name: "clxs-planted-bug",
    enforce: "pre",
    transform(source, id) {
      if (id.split("?")[0] !== resolve(root, file)) return undefined;
      const parts = source.split(right);
      if (parts.length !== 2)
        throw new Error(`${file}: the text to replace stands there ${parts.length - 1} times: ${right}`);
      return { code: parts.join(wrong), map: null };
    },
  };
}
