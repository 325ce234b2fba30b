import { type Criterion, expecting, judged, pending } from "../criterion.ts";
import { seenBy } from "../observations.ts";

const DRIFT_LINE = "Schema bronze: 1 drifted (1 version_drift)";
const CLONE_STATEMENT = /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u;

export const feature2Criteria: readonly Criterion[] = [
  {
    id: "2.2.a",
    line: 49,
    text: 'mode: "selective"',
    verify: judged(({ feature2 }) => expecting("selective", String(seenBy(feature2).selective.summary.mode))),
  },
  {
    id: "2.2.b",
    line: 49,
    text: "total_drifted_tables: 1",
    verify: judged(({ feature2 }) =>
      expecting("1", String(seenBy(feature2).selective.summary.total_drifted_tables)),
    ),
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
    verify: pending("needs a latency model: on tables this small and this near, both runs take a moment"),
  },
];
