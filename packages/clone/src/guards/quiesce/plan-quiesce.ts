import type { Privilege } from "@clone-xs/unity";
import type { DirectGrant } from "../../inspect/inventory.ts";
import { type Holding, holdingsOf, type Place, placeKey, placeText } from "./holding.ts";
import { ALL, isOutsideAll, isWrite, READS_IN_ALL, WRITES_IN_ALL } from "./privileges.ts";

/** Who owns a securable of the source. */
export interface OwnedPlace extends Place {
  readonly owner: string;
  /** A view holds no rows of its own. */
  readonly isView?: boolean;
}

/** What of the source must stand still. */
export interface QuiesceScope {
  readonly catalog: string;
  /** Whether an object, a schema or the catalog belongs to what is cloned. */
  readonly contains: (place: Place) => boolean;
  /** Nothing of the catalog was left out by name. */
  readonly wholeCatalog: boolean;
}

/** What is taken from one principal on one securable, and what it keeps. */
export interface Revocation extends Holding {
  /** Of `privileges`, which are all it held: those that are taken. */
  readonly revoked: readonly Privilege[];
  /** Granted singly for the time being, because they came out of ALL PRIVILEGES. */
  readonly lent: readonly Privilege[];
}

export interface QuiescePlan {
  readonly revocations: readonly Revocation[];
  /** Sentences about who can write all the same. */
  readonly warnings: readonly string[];
  /** Schemas outside the scope that hold something and lose their writers too. */
  readonly wide: readonly string[];
  /** Where the names alone do not show that the runner may grant. */
  readonly unproven: readonly Place[];
}

export interface QuiesceFacts {
  /** All direct grants of the catalog. */
  readonly grants: readonly DirectGrant[];
  /** The catalog, its schemas, tables, views and volumes. */
  readonly owners: readonly OwnedPlace[];
  readonly scope: QuiesceScope;
  readonly runner: string;
}

/**
 * Decides what to take from whom so that nobody writes to the scope by a grant: at every level that reaches it, from users and groups
 * alike, alone or inside ALL PRIVILEGES, whose reads are lent back. There is no DENY in Unity Catalog, so a grant on the
 * catalog or a schema goes for everything in it. Pure.
 */
export function planQuiesce(facts: QuiesceFacts): QuiescePlan {
  const { grants, scope, runner } = facts;
  const holdings = holdingsOf(grants).filter((holding) => reaches(holding, facts));
  const revocations = holdings
    .filter(({ principal }) => principal !== runner)
    .flatMap((holding) => revocationOf(holding, scope));
  return {
    revocations,
    warnings: [...unstoppable(facts, holdings), ...siblings(facts, revocations)],
    wide: revocations.some(({ level }) => level === "catalog") ? schemasOutside(facts) : [],
    unproven: unproven(facts, revocations),
  };
}

function reaches(holding: Holding, { owners, scope }: QuiesceFacts): boolean {
  if (holding.level === "function") return false;
  if (holding.level === "catalog" || scope.contains(holding)) {
    const key = placeKey(holding);
    // Nothing is written through a view, so ALL PRIVILEGES on one may stay.
    return !owners.some((owned) => owned.isView === true && placeKey(owned) === key);
  }
  return false;
}

function revocationOf(holding: Holding, scope: QuiesceScope): readonly Revocation[] {
  const { level, privileges } = holding;
  const writes = privileges.filter((privilege) => isWrite(privilege, scope));
  if (!privileges.includes(ALL))
    return writes.length === 0 ? [] : [{ ...holding, revoked: writes, lent: [] }];
  const kept = WRITES_IN_ALL[level].filter((privilege) => !isWrite(privilege, scope));
  const lent = [...READS_IN_ALL[level], ...kept].filter((privilege) => !privileges.includes(privilege));
  return [{ ...holding, revoked: [ALL, ...writes], lent }];
}

/** What the principal holds while the source is quiesced, when nobody else changes it. */
export function heldDuring({ privileges, revoked, lent }: Revocation): readonly Privilege[] {
  return [...privileges.filter((privilege) => !revoked.includes(privilege)), ...lent];
}

/** What revoking ALL PRIVILEGES may have taken along and must be granted again at once. */
export function toGrantAgain({ privileges, revoked, lent }: Revocation): readonly Privilege[] {
  if (!revoked.includes(ALL)) return [];
  const kept = privileges.filter((privilege) => !revoked.includes(privilege) && !isOutsideAll(privilege));
  return [...kept, ...lent];
}

function unstoppable(
  { owners, scope, runner }: QuiesceFacts,
  holdings: readonly Holding[],
): readonly string[] {
  const owning = owners.filter((place) => place.owner !== runner && scope.contains(place));
  const managing = holdings.filter(
    ({ principal, privileges }) => principal !== runner && privileges.includes("MANAGE"),
  );
  return [
    ...byPrincipal(owning, ({ owner }) => owner).map(
      ([owner, places]) =>
        `Quiesce cannot stop ${owner}, who owns ${some(scope, places)}: ownership is no grant.`,
    ),
    ...byPrincipal(managing, ({ principal }) => principal).map(
      ([principal, places]) =>
        `Quiesce cannot hold ${principal}, who may grant itself anything again by MANAGE on ${some(scope, places)}.`,
    ),
    `Quiesce does not stop metastore admins, ${runner} itself, or writes by path to external locations.`,
  ];
}

/** Objects of schemas in scope that the request leaves out, under a grant on the schema or catalog. */
function siblings({ owners, scope }: QuiesceFacts, revocations: readonly Revocation[]): readonly string[] {
  const whole = revocations.some(({ level }) => level === "catalog");
  const schemas = new Set(
    revocations.flatMap(({ level, schema }) => (level === "schema" && schema ? [schema.toLowerCase()] : [])),
  );
  const left = owners.filter(
    (place) =>
      (place.level === "table" || place.level === "volume") &&
      place.isView !== true &&
      !scope.contains(place) &&
      scope.contains({ level: "schema", schema: place.schema ?? "" }) &&
      (whole || schemas.has((place.schema ?? "").toLowerCase())),
  );
  if (left.length === 0) return [];
  return [`Quiesce also stops writes to what is left out in the same schemas: ${some(scope, left)}.`];
}

function schemasOutside({ owners, scope }: QuiesceFacts): readonly string[] {
  const outside = owners.filter(
    ({ level, schema = "", isView }) =>
      (level === "table" || level === "volume") &&
      isView !== true &&
      schema.toLowerCase() !== "information_schema" &&
      !scope.contains({ level: "schema", schema }),
  );
  return [...new Set(outside.map(({ schema = "" }) => schema))].sort();
}

function unproven(
  { grants, owners, runner }: QuiesceFacts,
  revocations: readonly Revocation[],
): readonly Place[] {
  const managed = new Set([
    ...owners.filter(({ owner }) => owner === runner).map(placeKey),
    ...holdingsOf(grants)
      .filter(({ principal, privileges }) => principal === runner && privileges.includes("MANAGE"))
      .map(placeKey),
  ]);
  const places = new Map<string, Place>();
  for (const { level, schema, name } of revocations) {
    const place: Place = { level, ...(schema ? { schema } : {}), ...(name ? { name } : {}) };
    if (!lineage(place).some((each) => managed.has(placeKey(each)))) places.set(placeKey(place), place);
  }
  return [...places.values()];
}

/** The securable and those above it: whoever owns or manages one of them may grant on it. */
function lineage(place: Place): readonly Place[] {
  const above: readonly Place[] =
    place.schema === undefined
      ? []
      : place.name === undefined
        ? [{ level: "catalog" }]
        : [{ level: "schema", schema: place.schema }, { level: "catalog" }];
  return [place, ...above];
}

function byPrincipal<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): readonly (readonly [string, readonly Item[]])[] {
  const found = new Map<string, Item[]>();
  for (const item of items) found.set(nameOf(item), [...(found.get(nameOf(item)) ?? []), item]);
  return [...found];
}

const SHOWN = 3;

function some({ catalog }: QuiesceScope, places: readonly Place[]): string {
  const names = places.slice(0, SHOWN).map((place) => placeText(catalog, place));
  const more = places.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
