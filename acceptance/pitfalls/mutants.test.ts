import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { mutantId, plant } from "./mutant.ts";
import { mutants } from "./mutants.ts";
import { notBuilt } from "./not-built.ts";

const root = resolve(import.meta.dirname, "../..");
const textOf = (file: string) => readFileSync(resolve(root, file), "utf8");
const PITFALLS = Array.from({ length: 35 }, (_, at) => at + 1);

describe("the mutants", () => {
  it.each(mutants.map((mutant) => [mutantId(mutant, mutants), mutant] as const))(
    "%s fits its file and changes it",
    (_id, mutant) => {
      const source = textOf(mutant.file);
      expect(plant(mutant, source)).not.toBe(source);
    },
  );

  it.each(mutants.map((mutant) => [mutantId(mutant, mutants), mutant] as const))(
    "%s names a test of its pitfall",
    (_id, { pitfall, killedBy }) => {
      expect(killedBy.test.startsWith(`pitfall ${pitfall}: `)).toBe(true);
      expect(textOf(killedBy.file).includes(killedBy.test)).toBe(true);
    },
  );

  it("cover every pitfall", () => {
    const covered = new Set(mutants.map(({ pitfall }) => pitfall));
    expect(PITFALLS.filter((pitfall) => !covered.has(pitfall))).toEqual([]);
  });

  it("are told in the list of pitfalls", () => {
    const listed = [...textOf("acceptance/pitfalls/README.md").matchAll(/^(\d+)\. /gmu)].map(([, n]) =>
      Number(n),
    );
    expect(listed).toEqual(PITFALLS);
  });

  it("say in the list what is not built yet", () => {
    const told = [...textOf("acceptance/pitfalls/README.md").matchAll(/^- (\d+): (.*)$/gmu)];
    expect(told.map(([, n, text]) => `${n}: ${text}`)).toEqual(
      notBuilt.map(({ pitfall, lacking, nearest }) => `${pitfall}: ${lacking}. Mutated: ${nearest}.`),
    );
  });
});
