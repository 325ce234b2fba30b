import { expect, it } from "vitest";
import { changeOf } from "./history.ts";

it.each([
  ["an append", { numFiles: "1", numOutputRows: "3", numOutputBytes: "900" }, [3, 0, 0, 900]],
  ["an update", { numUpdatedRows: "2", numAddedBytes: "40", numCopiedRows: "9" }, [0, 2, 0, 40]],
  ["a delete", { numDeletedRows: "5", numRemovedFiles: "1" }, [0, 0, 5, 0]],
  [
    "a merge",
    {
      numTargetRowsInserted: "1",
      numTargetRowsUpdated: "2",
      numTargetRowsDeleted: "3",
      numOutputRows: "9",
      numTargetBytesAdded: "70",
    },
    [1, 2, 3, 70],
  ],
  ["a clone", { copiedFilesSize: "1234", numCopiedFiles: "2" }, [0, 0, 0, 1234]],
  ["nothing", {}, [0, 0, 0, 0]],
  ["what is no number", { numOutputRows: "many" }, [0, 0, 0, 0]],
])("reads the metrics of %s", (_, metrics, [added, changed, removed, bytes]) => {
  expect(changeOf(metrics)).toEqual({ rows: { added, changed, removed }, bytes });
});
