import type { Difference } from "../diff/diff.ts";
import type { ObjectKind } from "../plan/plan.ts";

/** What comparing copies with their sources came to. */
export interface Verification {
  readonly matched: number;
  readonly differing: number;
  readonly not_comparable: number;
  readonly objects: readonly Certificate[];
}

/** As a command prints it. */
export interface CatalogVerification extends Verification {
  readonly source_catalog: string;
  readonly destination_catalog: string;
  /** `hash`: rows are counted and hashed; `count`: they are counted. */
  readonly rows: VerifyRequest["rows"];
  /** Which part of the objects was compared, e.g. `1/7`; absent: all. */
  readonly subset?: string;
}

/** `not_comparable`: nothing that was compared differs, and something could not be compared. */
type Verdict = "match" | "differs" | "not_comparable";

/** What was compared of one object, and what came out. */
export interface Certificate {
  /** `schema.name`; of a schema that could not be read, its name. */
  readonly object: string;
  readonly kind: ObjectKind | "schema";
  readonly verdict: Verdict;
  /** Why it is no match; `null` when it is one. */
  readonly reason: string | null;
  /** Versions that were compared, as decimal text; `null` where there are none. */
  readonly source_version: string | null;
  readonly target_version: string | null;
  readonly source_rows: number | null;
  readonly target_rows: number | null;
  /** 128 bits in hexadecimal digits; `null` when rows were not hashed. */
  readonly source_hash: string | null;
  readonly target_hash: string | null;
  /** Of a volume: how many files were compared. */
  readonly files?: number;
  /** Where the objects differ beside their rows. */
  readonly differences: readonly Difference[];
  /** True things about the comparison, such as that another version stood in for one that is gone. */
  readonly notes: readonly string[];
}

export interface VerifyAspects {
  readonly permissions: boolean;
  readonly ownership: boolean;
  readonly tags: boolean;
  readonly security: boolean;
  readonly constraints: boolean;
  readonly comments: boolean;
  readonly properties: boolean;
}

/** What to compare of the objects. */
export interface VerifyRequest {
  /** Rows: their count and hash, or the count alone. */
  readonly rows: "hash" | "count";
  /** Read the files of volumes and compare their bytes, and not the sizes alone. */
  readonly content: boolean;
  readonly aspects: VerifyAspects;
  /** Statements and volumes under way at the same time, at each end. */
  readonly parallel: number;
}

/** What was found about one side of an object, or about both. */
export interface Finding {
  readonly differs: readonly string[];
  readonly unknown: readonly string[];
  readonly facts?: Partial<Certificate>;
}

/** A certificate for what was found: what differs weighs more than what could not be compared. */
export function certificateOf(
  { object, kind }: Pick<Certificate, "object" | "kind">,
  { differs, unknown, facts = {} }: Finding,
): Certificate {
  const verdict = differs.length > 0 ? "differs" : unknown.length > 0 ? "not_comparable" : "match";
  const reasons = [...differs, ...unknown];
  return {
    object,
    kind,
    source_version: null,
    target_version: null,
    source_rows: null,
    target_rows: null,
    source_hash: null,
    target_hash: null,
    differences: [],
    notes: [],
    ...facts,
    verdict,
    reason: reasons.length === 0 ? null : reasons.join("; "),
  };
}

export function verificationOf(objects: readonly Certificate[]): Verification {
  const count = (verdict: Verdict) => objects.filter((one) => one.verdict === verdict).length;
  return {
    matched: count("match"),
    differing: count("differs"),
    not_comparable: count("not_comparable"),
    objects,
  };
}
