import { describe, expect, test } from "vitest";
import { deltaPropertiesOf, unsetKeysOf } from "./table-properties.ts";

const of = (key: string, value: string) => deltaPropertiesOf([{ key, value }]);

describe("TBLPROPERTIES of a Delta table", () => {
  test.for([
    ["delta.appendOnly", "true"],
    ["delta.checkpointInterval", "25"],
    ["delta.dataSkippingNumIndexedCols", "-1"],
    ["delta.logRetentionDuration", "30 days"],
    ["delta.logRetentionDuration", "interval 1 week 2 days"],
    ["delta.deletedFileRetentionDuration", "INTERVAL 0 HOURS"],
    ["delta.columnMapping.mode", "name"],
    ["delta.isolationLevel", "WriteSerializable"],
    ["delta.autoOptimize.autoCompact", "auto"],
    ["delta.constraints.pos", "id > 0"],
    ["delta.feature.deletionVectors", "supported"],
    ["delta.minWriterVersion", "7"],
    ["owner", "whoever"],
    ["deltas.appendOnly", "maybe"],
  ] as const)("take %s = %s", ([key, value]) => {
    expect(of(key, value)).toEqual({ [key]: value });
  });

  test("spell Delta's keys as Delta does, whatever the case", () => {
    expect(of("DELTA.appendonly", "true")).toEqual({ "delta.appendOnly": "true" });
    expect(unsetKeysOf(["DELTA.appendonly", "Mine"])).toEqual(["delta.appendOnly", "Mine"]);
  });

  test.for([
    ["delta.appendOnly", "TRUE", "true"],
    ["delta.columnMapping.mode", "Name", "name"],
    ["delta.checkpointPolicy", "V2", "v2"],
    ["delta.isolationLevel", "serializable", "Serializable"],
  ] as const)("keep %s = %s as %s", ([key, value, kept]) => {
    expect(of(key, value)).toEqual({ [key]: kept });
  });

  test.for([
    "delta.columnMapping.maxColumnId",
    "delta.inCommitTimestampEnablementVersion",
    "delta.inCommitTimestampEnablementTimestamp",
    "delta.rowTracking.materializedRowIdColumnName",
  ])("leave %s to the table itself", (key) => {
    const refusal = `[DELTA_CANNOT_MODIFY_TABLE_PROPERTY] The Delta table configuration ${key} cannot be specified by the user.`;
    expect(() => of(key.toUpperCase(), "1")).toThrow(refusal);
    expect(() => unsetKeysOf([key])).toThrow(refusal);
  });

  test.for([
    ["delta.appendOnly", "maybe", "delta.appendOnly needs to be a boolean. It was given as 'maybe'."],
    ["delta.APPENDONLY", "1", "delta.appendOnly needs to be a boolean."],
    ["delta.checkpointInterval", "0", "needs to be a positive integer"],
    ["delta.checkpointInterval", "1.5", "needs to be a positive integer"],
    ["delta.dataSkippingNumIndexedCols", "-2", "needs to be larger than or equal to -1"],
    ["delta.logRetentionDuration", "1 month", "needs to be provided as a calendar interval"],
    ["delta.logRetentionDuration", "soon", "needs to be provided as a calendar interval"],
    ["delta.logRetentionDuration", "-3 days", "needs to be provided as a calendar interval"],
    ["delta.columnMapping.mode", "nope", "needs to be one of none, id, name"],
    ["delta.enableDeletionVectors", "", "needs to be a boolean"],
  ] as const)("refuse %s = %s", ([key, value, message]) => {
    expect(() => of(key, value)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^\[DELTA_INVALID_TABLE_PROPERTY\]/) as string,
      }),
    );
    expect(() => of(key, value)).toThrow(message);
  });

  test.for(["delta.nope", "Delta.Nope", "delta.appendOnly.x", "delta."])("do not know %s", (key) => {
    expect(() => of(key, "1")).toThrow(
      `[DELTA_UNKNOWN_CONFIGURATION] Unknown configuration was specified: ${key}.`,
    );
  });
});
