import { WorkspaceError } from "@clone-xs/unity";
import { describe, expect, it } from "vitest";
import { sendUntilKnown } from "./retry.ts";

const lost = new WorkspaceError("UNKNOWN_RESULT", "connection reset");
const busy = new WorkspaceError("UNAVAILABLE", "try again", { retryable: true });
const wrong = new WorkspaceError("STATEMENT_FAILED", "no such table", {
  errorClass: "TABLE_OR_VIEW_NOT_FOUND",
});
const exists = new WorkspaceError("STATEMENT_FAILED", "there", {
  errorClass: "TABLE_OR_VIEW_ALREADY_EXISTS",
});

/** Sends meet `errors` one after the other, then succeed; the target shows the effect from the `visible`th look on. */
async function send(
  errors: readonly Error[],
  { visible = Infinity, signal = new AbortController().signal } = {},
) {
  const [pauses, left] = [[] as number[], [...errors]];
  let [sent, looks] = [0, 0];
  const clock = {
    now: () => 0,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
  };
  const outcome = await sendUntilKnown(
    {
      send: async () => {
        sent += 1;
        const error = left.shift();
        if (error) throw error;
        return "answer";
      },
      observe: async () => {
        looks += 1;
        return looks >= visible ? "seen" : undefined;
      },
    },
    { clock, random: () => 0, signal },
  ).catch((error: unknown) => (error instanceof WorkspaceError ? error.code : String(error)));
  return { outcome, sent, looks, pauses };
}

describe("sendUntilKnown", () => {
  it.each([
    ["sends once when all is well", [], {}, { outcome: "answer", sent: 1, looks: 0, pauses: [] }],
    [
      "sends again what may be sent again, after longer and longer pauses",
      [busy, busy, busy],
      {},
      { outcome: "answer", sent: 4, looks: 0, pauses: [500, 1000, 2000] },
    ],
    [
      "gives up after five attempts",
      [busy, busy, busy, busy, busy],
      {},
      { outcome: "UNAVAILABLE", sent: 5, looks: 0, pauses: [500, 1000, 2000, 4000] },
    ],
    [
      "does not repeat what is wrong",
      [wrong],
      {},
      { outcome: "STATEMENT_FAILED", sent: 1, looks: 0, pauses: [] },
    ],
    [
      "looks before it sends again when the answer was lost",
      [lost],
      {},
      { outcome: "answer", sent: 2, looks: 1, pauses: [500] },
    ],
    [
      "does not send again what the target shows as done",
      [lost, busy],
      { visible: 1 },
      { outcome: "seen", sent: 1, looks: 1, pauses: [500] },
    ],
    [
      "takes an object that is there for its own when it is",
      [lost, exists],
      { visible: 2 },
      { outcome: "seen", sent: 2, looks: 2, pauses: [500] },
    ],
    [
      "fails on an object that is there and is not its own",
      [exists],
      {},
      { outcome: "STATEMENT_FAILED", sent: 1, looks: 1, pauses: [] },
    ],
    [
      "says that it does not know when the answer is lost every time",
      [lost, lost, lost, lost, lost],
      {},
      {
        outcome: "CloneError: connection reset The target does not show whether it ran.",
        sent: 5,
        looks: 5,
        pauses: [500, 1000, 2000, 4000, 8000],
      },
    ],
    [
      "waits as long as the server asks for",
      [new WorkspaceError("RATE_LIMITED", "slow down", { retryable: true, retryAfterMs: 7000 })],
      {},
      { outcome: "answer", sent: 2, looks: 0, pauses: [7000] },
    ],
    [
      "does not go on after a cancel",
      [busy],
      { signal: AbortSignal.abort() },
      { outcome: "UNAVAILABLE", sent: 1, looks: 0, pauses: [] },
    ],
  ])("%s", async (_, errors, options, expected) => {
    expect(await send(errors, options)).toEqual(expected);
  });
});
