import type { RunEntry } from "@clone-xs/server";
import { describe, expect, it } from "vitest";
import { runsText, unfinishedText } from "./runs.ts";

const running: RunEntry = {
  id: "1a2b3c4d",
  state: "running",
  holder: "77",
  request: {},
  facts: {
    sourceCatalog: "prod",
    destinationCatalog: "dev",
    cloneType: "DEEP",
    loadType: "FULL",
    dryRun: false,
    targets: [],
  },
  createdAt: 0,
  startedAt: 0,
  completedAt: null,
  outcome: null,
  revision: 1,
  position: null,
  retries: 0,
  notBefore: null,
  error: null,
  progress: null,
};

describe("a run without an end", () => {
  it("is running while its process lives", () => {
    expect(runsText([running], () => true)).toMatch(/1a2b3c4d .* running /u);
    expect(unfinishedText(running, () => true)).toBe("Run 1a2b3c4d is running: prod → dev, FULL");
  });

  it("is interrupted once its process is gone, with the way to go on", () => {
    expect(runsText([running], () => false)).toMatch(/1a2b3c4d .* interrupted /u);
    expect(unfinishedText(running, () => false)).toBe(
      "Run 1a2b3c4d is interrupted: prod → dev, FULL\n  way out    its process is gone; go on with: clxs resume 1a2b3c4d",
    );
  });
});
