import { type Criterion, expecting, judged } from "../criterion.ts";
import { seenBy } from "../observations.ts";

export const evidenceCriteria: readonly Criterion[] = [
  {
    id: "4.b",
    line: 165,
    text: "edp_dev.logging.logging_01",
    verify: judged(({ evidence }) => {
      const { runs } = seenBy(evidence);
      const [row] = runs;
      const told = `${runs.length} row(s): status ${row?.["status"]}, ${row?.["duration_seconds"]} s, ${row?.["total_errors"]} errors`;
      const whole = runs.length === 1 && row?.["status"] === "success" && Number(row["duration_seconds"]) > 0;
      return expecting("1 row: status, duration, error", told, whole && row["total_errors"] === "0");
    }),
  },
  {
    id: "4.c",
    line: 166,
    text: "edp_dev.metrics.clone_metrics",
    verify: judged(({ evidence }) => {
      const { metrics, clonedTables, bytesCopied } = seenBy(evidence);
      const bytes = metrics.reduce((sum, row) => sum + Number(row["copied_files_size"]), 0);
      const files = metrics.every((row) => row["num_copied_files"] !== null);
      return expecting(
        `${clonedTables} rows, ${bytesCopied} bytes in copied_files_size`,
        `${metrics.length} rows, ${bytes} bytes in copied_files_size`,
        metrics.length === clonedTables && clonedTables > 0 && bytes === bytesCopied && files,
      );
    }),
  },
];
