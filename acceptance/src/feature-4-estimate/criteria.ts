import { type Criterion, expecting, judged, unverified } from "../criterion.ts";
import { seenBy } from "../observations.ts";

const TILE = "Full clone vs selective re-clone";
const BADGES = { true: "Recommended: SELECTIVE", false: "Recommended: FULL" } as const;
const NUMBERS = ["tables_to_clone", "tables_in_sync", "savings_pct"] as const;

export const feature4Criteria: readonly Criterion[] = [
  {
    id: "2.4.a",
    line: 82,
    text: "target_exists: true,tables_to_clone,tables_in_sync,savings_pct,recommended",
    verify: judged(({ feature4 }) => {
      const { selective } = seenBy(feature4);
      const whole =
        selective?.["target_exists"] === true &&
        NUMBERS.every((key) => typeof selective[key] === "number") &&
        typeof selective["recommended"] === "boolean" &&
        Number(selective["tables_to_clone"]) > 0 &&
        Number(selective["tables_in_sync"]) > 0;
      return expecting(
        "all five keys, with drifted tables and such in sync",
        JSON.stringify(selective),
        whole,
      );
    }),
  },
  {
    id: "2.4.b",
    line: 82,
    text: '"Full clone vs selective re-clone" tile renders',
    verify: judged(({ feature4 }) => {
      const { page, selective } = seenBy(feature4);
      if (page === undefined) return unverified("there is no browser");
      const badge = BADGES[selective?.["recommended"] === true ? "true" : "false"];
      const shown = page.existing.text.includes(TILE);
      const badges = page.existing.badges.filter((text) => text.startsWith("Recommended:"));
      const hidden = !page.fresh.text.includes(TILE);
      return expecting(
        `the tile with the badge ${badge}; none for a fresh target`,
        `${shown ? "the tile" : "no tile"} with ${badges.join(", ") || "no badge"}; ${hidden ? "none" : "one"} for a fresh target`,
        shown && hidden && badges.join() === badge,
      );
    }),
  },
  {
    id: "2.4.c",
    line: 84,
    text: "selective block must be ABSENT",
    verify: judged(({ feature4 }) => {
      const { fresh } = seenBy(feature4);
      const absent = !("selective" in fresh) && typeof fresh["total_bytes"] === "number";
      return expecting("an estimate without selective", Object.keys(fresh).join(", "), absent);
    }),
  },
  {
    id: "2.4.d",
    line: 90,
    text: "Confirm bytes_copied from the run summary is within ~10%",
    verify: judged(({ feature4 }) => {
      const { selective, summary } = seenBy(feature4);
      const [estimated, copied] = [Number(selective?.["size_bytes"]), Number(summary["bytes_copied"])];
      const close = copied > 0 && Math.abs(estimated - copied) <= copied / 10;
      return expecting(
        "size_bytes within 10 % of bytes_copied, which is not 0",
        `${estimated} of ${copied}`,
        close,
      );
    }),
  },
];
