import { type Criterion, expecting, judged } from "../criterion.ts";
import { seenBy } from "../observations.ts";

const DRIFT_LINE = "Schema bronze: 1 drifted (1 version_drift)";
const CLONE_STATEMENT = /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u;

export const feature2Criteria: readonly Criterion[] = [
  {
    id: "2.2.a",
    line: 49,
    text: 'mode: "selective"',
    verify: judged(({ feature2 }) => {
      const { selective, elsewhere } = seenBy(feature2);
      const seen = [selective, elsewhere].map(({ summary }) => String(summary.mode));
      return expecting(
        "selective, also without local state",
        seen.join(", "),
        seen.every((mode) => mode === "selective"),
      );
    }),
  },
  {
    id: "2.2.b",
    line: 49,
    text: "total_drifted_tables: 1",
    verify: judged(({ feature2 }) => {
      const { selective, elsewhere } = seenBy(feature2);
      const seen = [selective, elsewhere].map(({ summary }) => summary.total_drifted_tables);
      return expecting(
        "1, also without local state",
        seen.join(", "),
        seen.every((drifted) => drifted === 1),
      );
    }),
  },
  {
    id: "2.2.c",
    line: 50,
    text: "Schema bronze: 1 drifted (1 version_drift)",
    verify: judged(({ feature2 }) => {
      const lines = seenBy(feature2).selective.logs.split("\n");
      return expecting(
        DRIFT_LINE,
        lines.find((line) => line.includes("Schema bronze")) ?? "no such line",
        lines.some((line) => line.includes(DRIFT_LINE)),
      );
    }),
  },
  {
    id: "2.2.d",
    line: 50,
    text: "exactly oneCREATE TABLE … DEEP CLONEstatement",
    verify: judged(({ feature2 }) => {
      const lines = seenBy(feature2).selective.logs.split("\n");
      const sent = lines.flatMap((line, at) => (CLONE_STATEMENT.test(line) ? [at] : []));
      const after = lines.findLastIndex((line) => line.includes("Schema "));
      const inOrder = sent.every((at) => at > after);
      return expecting(
        "1 CLONE statement, after the Schema lines",
        `${sent.length} CLONE statement(s)${inOrder ? ", after the Schema lines" : ", before a Schema line"}`,
        sent.length === 1 && inOrder,
      );
    }),
  },
  {
    id: "2.2.e",
    line: 51,
    text: "Schema X in sync — 0 drifted tables",
    verify: judged(({ feature2 }) => {
      const { otherSchemas, selective } = seenBy(feature2);
      const missing = otherSchemas.filter(
        (name) => !selective.logs.includes(`Schema ${name} in sync — 0 drifted tables`),
      );
      return expecting(
        `a line for each of ${otherSchemas.join(", ")}`,
        missing.length === 0 ? "all" : `missing for ${missing.join(", ")}`,
        missing.length === 0 && otherSchemas.length > 0,
      );
    }),
  },
  {
    id: "2.2.f",
    line: 51,
    text: "Wall-clock time is much shorter than the FULL run",
    verify: judged(({ feature2 }) => {
      const { full, selective } = seenBy(feature2);
      const [whole = 0, part = 0] = [full, selective].map(({ summary }) => summary.duration_seconds);
      return expecting(
        "at most half of the FULL run's",
        `${part} s of ${whole} s`,
        part > 0 && part <= whole / 2,
      );
    }),
  },
];
