import { type Criterion, expecting, judged } from "../criterion.ts";
import type { Run } from "../harness/api.ts";
import { seenBy } from "../observations.ts";
import type { Feature3 } from "./script.ts";

const RESTORED = /Quiesce restore complete: (\d+) principal\/schema grant\(s\) re-applied\./u;

export const feature3Criteria: readonly Criterion[] = [
  {
    id: "2.3.a",
    line: 67,
    text: "Mid-clone INSERT was denied",
    verify: judged(({ feature3 }) => {
      const { before, during, history } = seenBy(feature3);
      const denied =
        during.state === "FAILED" && /MODIFY/u.test(during.message) && before.state === "SUCCEEDED";
      const seen = `before: ${before.state}; during: ${during.state} ${during.message.slice(0, 120)}; ${placeOfDenial(history)}`;
      return expecting(
        "SUCCEEDED before; PERMISSION_DENIED for MODIFY during, between the first revoke and the first re-grant",
        seen,
        denied && placeOfDenial(history) === "between",
      );
    }),
  },
  {
    id: "2.3.b",
    line: 68,
    text: "Post-clone INSERT succeeded",
    verify: judged(({ feature3 }) => {
      const { after, grants } = seenBy(feature3);
      const same = grants.before.join("\n") === grants.after.join("\n");
      return expecting(
        "SUCCEEDED, and every grant as before",
        `${after.state}, grants ${same ? "as before" : "changed"}`,
        after.state === "SUCCEEDED" && same && grants.before.length > 0,
      );
    }),
  },
  {
    id: "2.3.c",
    line: 70,
    text: "Quiesce: revoked",
    verify: judged(({ feature3 }) => {
      const { run } = seenBy(feature3);
      const revoked = revokedLines(run);
      return expecting("Quiesce: revoked …", revoked[0] ?? "no such line", revoked.length > 0);
    }),
  },
  {
    id: "2.3.d",
    line: 70,
    text: "Quiesce restore complete: N principal/schema grant(s) re-applied.",
    verify: judged(({ feature3 }) => {
      const { run } = seenBy(feature3);
      const revoked = revokedLines(run).length;
      return expecting(
        `N = ${revoked}, after every revoke`,
        restoreLine(run) ?? "no such line",
        restored(run) === revoked && isInOrder(run),
      );
    }),
  },
  {
    id: "2.3.e",
    line: 71,
    text: "Restore: could not re-grant ...warnings",
    verify: judged(({ feature3 }) => {
      const { run, cancelled } = seenBy(feature3);
      const warnings = [...run.logs, ...cancelled.run.logs].filter((line) =>
        line.includes("could not re-grant"),
      );
      return expecting("no such line", warnings[0] ?? "no such line");
    }),
  },
  {
    id: "2.3.f",
    line: 72,
    text: "Confirm the restore still ran",
    verify: judged(({ feature3 }) => {
      const { cancelled, grants } = seenBy(feature3);
      const { run, during, after } = cancelled;
      const same = cancelled.grants.join("\n") === grants.before.join("\n");
      return expecting(
        "cancelled, restore complete, INSERT denied before and SUCCEEDED after, grants as before",
        `${run.status}, ${restoreLine(run) ?? "no restore"}, ${during.state} then ${after.state}, grants ${same ? "as before" : "changed"}`,
        run.status === "cancelled" &&
          restored(run) !== undefined &&
          during.state === "FAILED" &&
          after.state === "SUCCEEDED" &&
          same,
      );
    }),
  },
];

function revokedLines({ logs }: Run): readonly string[] {
  return logs.filter((line) => line.includes("Quiesce: revoked"));
}

function restoreLine({ logs }: Run): string | undefined {
  return logs.find((line) => RESTORED.test(line));
}

function restored(run: Run): number | undefined {
  const [, count] = RESTORED.exec(restoreLine(run) ?? "") ?? [];
  return count === undefined ? undefined : Number(count);
}

function isInOrder({ logs }: Run): boolean {
  const last = logs.findLastIndex((line) => line.includes("Quiesce: revoked"));
  return last < logs.findIndex((line) => RESTORED.test(line));
}

/** Where the denied INSERT stands in the query history: between the first REVOKE and the first GRANT after it, or not. */
function placeOfDenial(history: Feature3["history"]): string {
  const revoke = history.findIndex(({ text }) => /^\s*REVOKE /iu.test(text));
  const grant = history.findIndex(({ text }, at) => at > revoke && isReGrant(text));
  const denied = history.findIndex(
    ({ text, status, error }) =>
      text.includes("mid-clone-write") && status === "FAILED" && /MODIFY/u.test(error),
  );
  if (revoke < 0 || grant < 0 || denied < 0) return `revoke ${revoke}, grant ${grant}, denial ${denied}`;
  return revoke < denied && denied < grant
    ? "between"
    : `denial ${denied} not between ${revoke} and ${grant}`;
}

/** Gives MODIFY, or all privileges, back on the source; the reads that stay are granted while it is held. */
function isReGrant(text: string): boolean {
  return (
    /^\s*GRANT /iu.test(text) && /MODIFY|ALL PRIVILEGES/iu.test(text) && /`?demo_quick`?(?!_)/u.test(text)
  );
}
