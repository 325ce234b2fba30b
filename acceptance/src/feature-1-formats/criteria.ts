import { type Criterion, expecting, judged, unverified } from "../criterion.ts";
import type { PageRead } from "../harness/browser.ts";
import { seenBy } from "../observations.ts";

export const feature1Criteria: readonly Criterion[] = [
  {
    id: "2.1.a",
    line: 36,
    text: '{"DELTA": N, "PARQUET": 1}',
    verify: judged(({ feature1 }) => {
      const { formats = {} } = seenBy(feature1).summary;
      const exact =
        Object.keys(formats).sort().join() === "DELTA,PARQUET" &&
        formats["PARQUET"] === 1 &&
        (formats["DELTA"] ?? 0) > 0;
      return expecting('{"DELTA": N, "PARQUET": 1}', JSON.stringify(formats), exact);
    }),
  },
  {
    id: "2.1.b",
    line: 36,
    text: "Step 4 result card renders the per-format Badge row (visible only when ≥ 2 formats)",
    verify: judged(({ feature1 }) => {
      const { page } = seenBy(feature1);
      if (page === undefined) return unverified("there is no browser");
      const formats = ({ badges }: PageRead) => badges.filter((text) => /DELTA|PARQUET|ICEBERG/u.test(text));
      const [two, one] = [formats(page.two), formats(page.one)];
      const shown = two.length === 2 && two.some((text) => text.includes("PARQUET"));
      return expecting(
        "a badge for DELTA and one for PARQUET; none after a clone of Delta alone",
        `${two.join(", ") || "none"}; ${one.join(", ") || "none"} after a clone of Delta alone`,
        shown && one.length === 0,
      );
    }),
  },
  {
    id: "2.1.c",
    line: 37,
    text: "Provider: delta",
    verify: judged(({ feature1 }) =>
      expecting("Provider: delta", `Provider: ${seenBy(feature1).described["Provider"]}`),
    ),
  },
  {
    id: "2.1.d",
    line: 38,
    text: "_format_clone_errorwarnings in the logs",
    verify: judged(({ feature1 }) => {
      const warnings = seenBy(feature1)
        .logs.split("\n")
        .filter((line) => line.includes("_format_clone_error"));
      return expecting("no such line", warnings[0] ?? "no such line");
    }),
  },
];
