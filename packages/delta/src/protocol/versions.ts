import type { Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import {
  featuresOf,
  impliedFeatures,
  readerFeaturesOf,
  type WantedVersions,
  withFeatures,
} from "./features.ts";

/**
 * The protocol of a new table with these features: table features always, for ours have in-commit timestamps.
 */
export function newProtocol(
  features: readonly string[],
  { reader = 1, writer = 2 }: WantedVersions = {},
): Protocol {
  const versions = { reader, writer: Math.max(2, writer) };
  return withFeatures(withVersions({ minReaderVersion: 1, minWriterVersion: 2 }, versions), features);
}

/**
 * `protocol` raised to versions; itself when none are wanted. Where it lists its features already, a lower
 * version stands for the features that it implies. Throws DELTA_INVALID_PROTOCOL_DOWNGRADE for a version
 * below that of a protocol without table features, and DELTA_READ_FEATURE_PROTOCOL_REQUIRES_WRITE for reader
 * version 3 without writer version 7. Protocol: "Table Features".
 */
export function withVersions(protocol: Protocol, { reader, writer }: WantedVersions): Protocol {
  if (reader === undefined && writer === undefined) return protocol;
  const wanted = { reader: reader ?? protocol.minReaderVersion, writer: writer ?? protocol.minWriterVersion };
  if (protocol.minWriterVersion >= 7) return withReader(withImplied(protocol, wanted), wanted.reader);
  refuseLower(protocol, wanted);
  if (wanted.reader === 3 && wanted.writer < 7)
    throw new DeltaError(
      "DELTA_READ_FEATURE_PROTOCOL_REQUIRES_WRITE",
      "Unable to upgrade only the reader protocol version to use table features. Writer protocol version must be at least 7 to proceed.",
    );
  const raised = { minReaderVersion: wanted.reader, minWriterVersion: wanted.writer };
  if (wanted.writer < 7) return raised;
  const writerFeatures = [...featuresOf(protocol)].sort();
  return withReader({ ...protocol, minWriterVersion: 7, writerFeatures }, wanted.reader);
}

function withImplied(protocol: Protocol, wanted: Required<WantedVersions>): Protocol {
  return wanted.writer >= 7 ? protocol : withFeatures(protocol, impliedFeatures(wanted));
}

/** At reader version 3 the features of readers are listed, be there none. */
function withReader(protocol: Protocol, reader: number): Protocol {
  if (protocol.minReaderVersion >= reader) return protocol;
  if (reader < 3) return protocol;
  return {
    ...protocol,
    minReaderVersion: 3,
    readerFeatures: readerFeaturesOf(protocol.writerFeatures ?? []),
  };
}

function refuseLower(
  { minReaderVersion, minWriterVersion }: Protocol,
  { reader, writer }: Required<WantedVersions>,
): void {
  if (reader >= minReaderVersion && writer >= minWriterVersion) return;
  throw new DeltaError(
    "DELTA_INVALID_PROTOCOL_DOWNGRADE",
    `Protocol version cannot be downgraded from (${minReaderVersion},${minWriterVersion}) to (${reader},${writer}).`,
    { context: { minReaderVersion, minWriterVersion } },
  );
}
