import type { ObjectName, Table } from "@clone-xs/unity";
import { hasVersions, impossibleReason, isView } from "../decide/cloneable.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import { failureOf } from "../inspect/failure.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { type Inventory, localKey } from "../inspect/inventory.ts";
import {
  type Certificate,
  certificateOf,
  type Finding,
  type Verification,
  type VerifyRequest,
  verificationOf,
} from "./certificate.ts";
import { type Differences, type MetadataView, metadataOf } from "./metadata.ts";
import { newestVersions } from "./origin.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import { verifyRows } from "./verify-rows.ts";
import { verifyVolume } from "./verify-volume.ts";

export interface BothEnds {
  readonly source: Inventory;
  readonly target: Inventory;
}

/** Hears how many objects were compared, of how many. */
export type Told = (done: number, total: number) => void;

/**
 * Compares objects of the source with their copies, as many at a time as the request says. An object that cannot be read is not
 * comparable, and hides no other. Throws what ends the whole: no connection, or cancelled.
 */
export async function verifyObjects(
  subjects: readonly Subject[],
  ends: BothEnds,
  {
    told = () => undefined,
    ...request
  }: VerifyRequest & Omit<MetadataView, "aspects"> & { readonly told?: Told },
  ports: InspectPorts,
): Promise<Verification> {
  const copies = copiesIn(ends.target);
  const tables = subjects.flatMap((subject) => copies(subject)?.table ?? []);
  const versions = await newestVersions(
    tables.filter(hasVersions).map((table) => ({ ...table, catalog: ends.target.catalog.name })),
    "target",
    { parallel: request.parallel, ports },
  );
  const differences = metadataOf(ends.source, ends.target, request);
  const verifying = { ends, request, copies, versions, differences, ports };
  let done = 0;
  told(done, subjects.length);
  const certificates = await inParallel(subjects, request.parallel, async (subject) => {
    const certificate = await verified(subject, verifying);
    told(++done, subjects.length);
    return certificate;
  });
  return verificationOf(certificates);
}

interface Verifying {
  readonly ends: BothEnds;
  readonly request: VerifyRequest;
  readonly copies: Copies;
  readonly versions: ReadonlyMap<string, string>;
  readonly differences: Differences;
  readonly ports: InspectPorts;
}

async function verified(subject: Subject, verifying: Verifying): Promise<Certificate> {
  const { schema, name } = subject.object;
  const about = { object: `${schema}.${name}`, kind: subject.kind };
  verifying.ports.signal?.throwIfAborted();
  try {
    return certificateOf(about, await findingOn(subject, verifying));
  } catch (error) {
    const failure = failureOf(error, `${about.object} could not be compared`);
    return certificateOf(about, { differs: [], unknown: [failure.message] });
  }
}

async function findingOn(subject: Subject, verifying: Verifying): Promise<Finding> {
  const copy = verifying.copies(subject);
  if (copy === undefined) return missing(subject);
  const key = localKey(subject.object);
  const differences = verifying.differences(subject.kind, key);
  if (subject.kind === "volume") {
    const files = await verifyVolume(subject.object, copy.name, verifying.request, verifying.ports);
    return withDifferences(files, differences);
  }
  if (subject.kind !== "table" || copy.table === undefined || isView(copy.table))
    return withDifferences({ differs: [], unknown: [] }, differences);
  const targetVersion = verifying.versions.get(key) ?? null;
  const pair = { source: subject.object, target: copy.table, targetName: copy.name, targetVersion };
  const { sameColumns, ...rows } = await verifyRows(pair, verifying.request, verifying.ports);
  return withDifferences(
    rows,
    sameColumns ? differences.filter(({ what }) => what !== "column") : differences,
  );
}

function missing({ kind, object }: Subject): Finding {
  const reason = kind === "table" ? impossibleReason(object, "DEEP") : undefined;
  return reason === undefined
    ? { differs: ["it is not on the target"], unknown: [] }
    : { differs: [], unknown: [`it is not on the target: ${reason}`] };
}

function withDifferences(
  { differs, unknown, facts }: Finding,
  differences: ReturnType<Differences>,
): Finding {
  const places = [...new Set(differences.map(({ what }) => what))].join(", ");
  return {
    differs: differences.length === 0 ? differs : [...differs, `it differs in ${places}`],
    unknown,
    facts: { ...facts, differences },
  };
}

type Copies = (subject: Subject) => { readonly name: ObjectName; readonly table?: Table } | undefined;

/** What stands on the target under the name of an object. Tables and views share one name space. */
function copiesIn({ catalog, schemas }: Inventory): Copies {
  const there = new Map(
    schemas
      .flatMap(subjectsOf)
      .map((subject) => [`${spaceOf(subject)}:${localKey(subject.object)}`, subject]),
  );
  return (subject) => {
    const { schema, name } = subject.object;
    const copy = there.get(`${spaceOf(subject)}:${localKey(subject.object)}`);
    if (copy === undefined) return undefined;
    const table = copy.kind === "table" || copy.kind === "view" ? { table: copy.object } : {};
    return { name: { catalog: catalog.name, schema, name }, ...table };
  };
}

function spaceOf({ kind }: Subject): string {
  return kind === "view" ? "table" : kind;
}
