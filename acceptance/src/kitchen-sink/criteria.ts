import { type Criterion, expecting, judged } from "../criterion.ts";
import { seenBy } from "../observations.ts";
import type { KitchenSink } from "./script.ts";

export const kitchenSinkCriteria: readonly Criterion[] = [
  {
    id: "3.a",
    line: 158,
    text: 'mode: "selective"andtotal_drifted_tablespopulated',
    verify: judged(({ kitchenSink }) => {
      const { mode, total_drifted_tables: drifted } = resultOf(kitchenSink);
      return expecting(
        "selective, total_drifted_tables > 0",
        `${String(mode)}, ${String(drifted)}`,
        mode === "selective" && Number(drifted) > 0,
      );
    }),
  },
  {
    id: "3.b",
    line: 159,
    text: "Quiesce: revokedandQuiesce restore complete",
    verify: judged(({ kitchenSink }) => {
      const { logs } = seenBy(kitchenSink).run;
      const words = ["Quiesce: revoked", "Quiesce restore complete"];
      const found = words.filter((word) => logs.some((line) => line.includes(word)));
      return expecting(words.join(" and "), found.join(" and ") || "neither");
    }),
  },
  {
    id: "3.c",
    line: 159,
    text: "summary.formatspopulated",
    verify: judged(({ kitchenSink }) => {
      const { formats } = resultOf(kitchenSink);
      const counts = Object.values((formats ?? {}) as Record<string, number>);
      return expecting(
        "at least one format",
        JSON.stringify(formats),
        counts.some((count) => count > 0),
      );
    }),
  },
  {
    id: "3.d",
    line: 159,
    text: "summary.bytes_copied,files_copiedpopulated",
    verify: judged(({ kitchenSink }) => {
      const { bytes_copied: bytes, files_copied: files } = resultOf(kitchenSink);
      return expecting(
        "both greater than 0",
        `${String(bytes)} bytes, ${String(files)} files`,
        Number(bytes) > 0 && Number(files) > 0,
      );
    }),
  },
  {
    id: "3.e",
    line: 159,
    text: "delta.logRetentionDuration",
    verify: judged(({ kitchenSink }) =>
      expecting(
        "30 days",
        seenBy(kitchenSink).properties["delta.logRetentionDuration"] ?? "no such property",
      ),
    ),
  },
];

/** The run's summary; a run without one is a failure of each criterion. */
function resultOf(kitchenSink: KitchenSink | Error): Readonly<Record<string, unknown>> {
  const { run } = seenBy(kitchenSink);
  if (run.result === null)
    throw new Error(`the run ended ${run.status} without a summary: ${run.error ?? ""}`);
  return run.result;
}
