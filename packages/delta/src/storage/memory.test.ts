import { describe } from "vitest";
import { storageConformance } from "../../test/storage-conformance.ts";
import { MemoryStorage } from "./memory.ts";

describe("storage in memory", () => {
  storageConformance(async () => ({
    storage: new MemoryStorage({ now: () => 1_700_000_000_000 }),
    root: "/root",
  }));
});
