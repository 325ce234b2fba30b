import { describe, expect, test } from "vitest";
import { parseSchema, type Protocol } from "../index.ts";
import { demandedFeatures, mergeProtocols, splitProperties, withFeatures } from "./features.ts";
import { withEnablement } from "./in-commit-timestamps.ts";
import { newProtocol, withVersions } from "./versions.ts";

const V12: Protocol = { minReaderVersion: 1, minWriterVersion: 2 };
const V25: Protocol = { minReaderVersion: 2, minWriterVersion: 5 };

describe("a protocol", () => {
  test("of a new table lists the features that its versions imply", () => {
    expect(newProtocol(["inCommitTimestamp"])).toEqual({
      minReaderVersion: 1,
      minWriterVersion: 7,
      writerFeatures: ["appendOnly", "inCommitTimestamp", "invariants"],
    });
    expect(newProtocol(["deletionVectors"])).toEqual({
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures: ["deletionVectors"],
      writerFeatures: ["appendOnly", "deletionVectors", "invariants"],
    });
  });

  test.each<[Protocol, string[], Protocol]>([
    [V12, ["appendOnly"], V12],
    [V25, ["columnMapping", "checkConstraints"], V25],
    [
      V25,
      ["timestampNtz"],
      {
        minReaderVersion: 3,
        minWriterVersion: 7,
        readerFeatures: ["columnMapping", "timestampNtz"],
        writerFeatures: [
          "appendOnly",
          "changeDataFeed",
          "checkConstraints",
          "columnMapping",
          "generatedColumns",
          "invariants",
          "timestampNtz",
        ],
      },
    ],
  ])("%j raised by %j", (protocol, features, raised) => {
    expect(withFeatures(protocol, features)).toEqual(raised);
  });

  test.each<[Protocol, { reader?: number; writer?: number }, Protocol]>([
    [V12, {}, V12],
    [V12, { reader: 2, writer: 5 }, V25],
    [
      V12,
      { writer: 7 },
      { minReaderVersion: 1, minWriterVersion: 7, writerFeatures: ["appendOnly", "invariants"] },
    ],
    [
      V25,
      { reader: 3, writer: 7 },
      {
        minReaderVersion: 3,
        minWriterVersion: 7,
        readerFeatures: ["columnMapping"],
        writerFeatures: [
          "appendOnly",
          "changeDataFeed",
          "checkConstraints",
          "columnMapping",
          "generatedColumns",
          "invariants",
        ],
      },
    ],
    // Lower versions of a table with features stand for the features that they imply.
    [
      newProtocol(["inCommitTimestamp"]),
      { reader: 1, writer: 3 },
      {
        minReaderVersion: 1,
        minWriterVersion: 7,
        writerFeatures: ["appendOnly", "checkConstraints", "inCommitTimestamp", "invariants"],
      },
    ],
  ])("%j raised to versions %j", (protocol, versions, raised) => {
    expect(withVersions(protocol, versions)).toEqual(raised);
  });

  test.each<[{ reader?: number; writer?: number }, string]>([
    [{ writer: 4 }, "DELTA_INVALID_PROTOCOL_DOWNGRADE"],
    [{ reader: 1 }, "DELTA_INVALID_PROTOCOL_DOWNGRADE"],
    [{ reader: 3 }, "DELTA_READ_FEATURE_PROTOCOL_REQUIRES_WRITE"],
  ])("without table features cannot go from reader 2, writer 5 to %j", (versions, code) => {
    expect(() => withVersions(V25, versions)).toThrow(expect.objectContaining({ code }));
  });

  test("of two tables is lower than neither", () => {
    expect(mergeProtocols(V12, V25)).toEqual(V25);
    const vectors = newProtocol(["deletionVectors"]);
    expect(mergeProtocols(vectors, V12)).toEqual(vectors);
    expect(mergeProtocols(V25, vectors)).toEqual({
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures: ["columnMapping", "deletionVectors"],
      writerFeatures: [
        "appendOnly",
        "changeDataFeed",
        "checkConstraints",
        "columnMapping",
        "deletionVectors",
        "generatedColumns",
        "invariants",
      ],
    });
  });
});

describe("features that a table demands", () => {
  const field = (type: string, metadata = "{}", nullable = true) =>
    `{"name":"${type}","type":"${type}","nullable":${nullable},"metadata":${metadata}}`;
  const schema = (...fields: string[]) => parseSchema(`{"type":"struct","fields":[${fields.join(",")}]}`);

  test.each<[Record<string, string>, string[]]>([
    [{}, []],
    [{ "delta.enableDeletionVectors": "TRUE" }, ["deletionVectors"]],
    [{ "delta.enableDeletionVectors": "false" }, []],
    [{ "delta.columnMapping.mode": "name" }, ["columnMapping"]],
    [{ "delta.columnMapping.mode": "none" }, []],
    [{ "delta.constraints.c": "a > 0" }, ["checkConstraints"]],
    [{ "delta.enableRowTracking": "true" }, ["domainMetadata", "rowTracking"]],
    [{ "delta.checkpointPolicy": "v2" }, ["v2Checkpoint"]],
  ])("by properties %j", (configuration, features) => {
    expect(demandedFeatures({ configuration, schema: schema() })).toEqual(features);
  });

  test("by schema and domains", () => {
    const fields = schema(
      field("timestamp_ntz"),
      field("long", '{"delta.generationExpression":"1"}'),
      field("string", '{"CURRENT_DEFAULT":"\'x\'"}'),
      field("integer", '{"delta.identity.start":1,"delta.identity.step":1}', false),
    );
    expect(demandedFeatures({ configuration: {}, schema: fields, domains: ["delta.clustering"] })).toEqual([
      "timestampNtz",
      "generatedColumns",
      "identityColumns",
      "allowColumnDefaults",
      "invariants",
      "clustering",
      "domainMetadata",
    ]);
  });

  test("by properties that are not stored", () => {
    expect(
      splitProperties({
        "delta.feature.deletionVectors": "supported",
        "delta.minReaderVersion": "3",
        "delta.x": "y",
        z: "1",
      }),
    ).toEqual({
      configuration: { "delta.x": "y", z: "1" },
      features: ["deletionVectors"],
      versions: { reader: 3 },
    });
    for (const properties of [{ "delta.feature.x": "yes" }, { "delta.minWriterVersion": "8" }])
      expect(() => splitProperties(properties)).toThrow(
        expect.objectContaining({ code: "DELTA_INVALID_TABLE_PROPERTY" }),
      );
  });
});

test("in-commit timestamps switched on later say since when", () => {
  const on = { "delta.enableInCommitTimestamps": "true" };
  const since = {
    "delta.inCommitTimestampEnablementVersion": "5",
    "delta.inCommitTimestampEnablementTimestamp": "99",
  };
  expect(withEnablement({}, on, { version: 5, timestamp: 99 })).toEqual({ ...on, ...since });
  expect(withEnablement({ ...on, ...since }, { ...on, k: "v" }, { version: 7, timestamp: 100 })).toEqual({
    ...on,
    ...since,
    k: "v",
  });
  expect(withEnablement(on, { ...on, ...since }, { version: 7, timestamp: 100 })).toEqual(on);
  expect(withEnablement({ ...on, ...since }, { k: "v" }, { version: 7, timestamp: 100 })).toEqual({ k: "v" });
});
