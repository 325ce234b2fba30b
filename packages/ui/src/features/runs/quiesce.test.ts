import { expect, it } from "vitest";
import { quiesceOf } from "./quiesce.ts";

const revoked = "Quiesce: revoked [MODIFY] from ada on schema shop.bronze";
const complete = "Quiesce restore complete: 1 principal/schema grant(s) re-applied.";
const failure = "Restore: could not re-grant [MODIFY] to ada on schema shop.bronze: gone";

it.each<[string, readonly string[], ReturnType<typeof quiesceOf>]>([
  ["nothing was revoked", ["CREATE TABLE x", "Quiesce does not stop metastore admins"], undefined],
  ["writers are stopped", [revoked, revoked], { state: "held", revokes: 2 }],
  ["all was given back", [revoked, complete], { state: "restored", line: complete }],
  ["something was not", [revoked, failure, complete], { state: "failed", lines: [failure] }],
  ["it was quiesced again", [revoked, revoked, complete, revoked], { state: "held", revokes: 1 }],
])("%s", (_, lines, expected) => {
  expect(quiesceOf(lines)).toEqual(expected);
});
