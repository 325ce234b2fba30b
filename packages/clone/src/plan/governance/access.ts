import type { DirectGrant } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import type { Step } from "../plan.ts";
import type { Assigned } from "./assigned.ts";
import type { Governed } from "./governed.ts";
import { contains } from "./grants.ts";
import { grantsAfter } from "./grants-after.ts";
import { securableKey } from "./securable-key.ts";
import { nameOfTarget } from "./target-name.ts";

/** Somebody who can do with the copy, when the run ends, what the source never let them. */
export interface AccessGain {
  readonly principal: string;
  /** On the target: `catalog.schema.name`, or the schema or catalog when all that is cloned into it is reached. */
  readonly object: string;
  /** In REST spelling. `OWNER`: it belongs to them. USE of a container alone opens what others there were granted. */
  readonly privileges: readonly string[];
}

export interface AccessOptions {
  readonly governed: readonly Governed[];
  /** Direct grants as they are at both ends before the run. */
  readonly grants: Assigned<DirectGrant>;
  readonly steps: readonly Step[];
  readonly runner: string;
}

/** Everybody belongs to it. */
const EVERYBODY = "account users";

/** What lets data be read, and written, on each kind; reading comes first. */
const DATA: Readonly<Record<Governed["kind"], readonly string[]>> = {
  catalog: [],
  schema: [],
  table: ["SELECT", "MODIFY"],
  view: ["SELECT"],
  volume: ["READ_VOLUME", "WRITE_VOLUME"],
  function: ["EXECUTE"],
};

/**
 * Who gains access: whoever reaches on the target, by any grant there on the object or above or by owning it, an object that the source
 * does not let them read. Groups are taken as they are named, since their members cannot be listed: where no name holds more on the
 * target than on the source, no member does either. That needs USE of the containers to be compared as well.
 */
export function accessGains(options: AccessOptions): readonly AccessGain[] {
  const after = grantsAfter(options);
  const objects = options.governed.filter(({ kind }) => DATA[kind].length > 0);
  const ownerOf = ownersAfter(options.steps);
  const data = [...ownerGains(objects, ownerOf, options), ...dataGains(objects, after, options)];
  return merged([...useGains(after, ownerOf, options), ...data]);
}

function ownerGains(
  objects: readonly Governed[],
  ownerOf: OwnerOf,
  options: AccessOptions,
): readonly AccessGain[] {
  return objects.flatMap((one) => {
    const principal = ownerOf(one);
    if (principal === options.runner || principal === "" || canRead(principal, one, options)) return [];
    return [{ principal, object: nameOfTarget(one.target), privileges: ["OWNER"] }];
  });
}

type OwnerOf = (object: Governed) => string;

/** Who owns what when the steps have been carried out. */
function ownersAfter(steps: readonly Step[]): OwnerOf {
  const handed = new Map(
    steps.flatMap(({ object, operation }) =>
      operation.kind === "set_owner" ? [[object, operation.owner] as const] : [],
    ),
  );
  return ({ target, present }) => handed.get(nameOfTarget(target)) ?? present.owner;
}

/** Grant by grant: it gains what it reaches and the source does not let its holder read. */
function dataGains(
  objects: readonly Governed[],
  after: ReadonlyMap<string, readonly DirectGrant[]>,
  options: AccessOptions,
): readonly AccessGain[] {
  const within = objectsByPlace(objects, (place) => (after.get(place)?.length ?? 0) > 0);
  return options.governed.flatMap((place) => {
    const reached = within.get(place.key) ?? [];
    return (after.get(place.key) ?? []).flatMap(({ principal, privilege }) => {
      if (principal === options.runner) return [];
      const possible = reached.filter((one) => givenBy(privilege, one).length > 0);
      const gained = possible.filter((one) => gainedBy({ principal, privilege }, one, options).length > 0);
      const whole = gained.length > 0 && gained.length === possible.length;
      const shown = whole ? [place] : gained;
      const privileges = [
        ...new Set(gained.flatMap((one) => gainedBy({ principal, privilege }, one, options))),
      ];
      return shown.map(({ target }) => ({ principal, object: nameOfTarget(target), privileges }));
    });
  });
}

/** What a grant lets its holder do with an object that the source lets it neither do nor read. */
function gainedBy(
  { principal, privilege }: Pick<DirectGrant, "principal" | "privilege">,
  object: Governed,
  options: AccessOptions,
): readonly string[] {
  if (canRead(principal, object, options)) return [];
  return givenBy(privilege, object).filter((one) => !isGranted(principal, one, object, options));
}

/** The data privileges that a granted one comes to on an object. */
function givenBy(privilege: string, { kind }: Governed): readonly string[] {
  return DATA[kind].filter((one) => contains([privilege], one));
}

/** Objects by the key of each securable that a grant reaches them from: themselves, their schema, the catalog; of those that have grants. */
function objectsByPlace(
  objects: readonly Governed[],
  hasGrants: (place: string) => boolean,
): ReadonlyMap<string, readonly Governed[]> {
  const reached = objects.flatMap((one) =>
    placesOf(one)
      .filter(hasGrants)
      .map((place) => ({ place, one })),
  );
  const groups = groupBy(reached, ({ place }) => place);
  return new Map([...groups].map(([place, items]) => [place, items.map(({ one }) => one)]));
}

function placesOf({ key, local }: Governed): readonly string[] {
  const [schema = ""] = local.split(".");
  return [key, securableKey({ level: "schema", schema }), securableKey({ level: "catalog" })];
}

/** Whether a name may read an object of the source: by owning it, or by a grant. */
function canRead(principal: string, object: Governed, options: AccessOptions): boolean {
  if (object.source.owner === principal || object.source.owner === EVERYBODY) return true;
  const [reading = ""] = DATA[object.kind];
  return isGranted(principal, reading, object, options);
}

/** Whether the source grants a privilege on an object to a name or to everybody, there or above. */
function isGranted(
  principal: string,
  privilege: string,
  object: Governed,
  { grants }: AccessOptions,
): boolean {
  return placesOf(object).some((place) =>
    grants.source(place).some((row) => gives(row, principal, privilege)),
  );
}

function gives(row: DirectGrant, principal: string, privilege: string): boolean {
  return (row.principal === principal || row.principal === EVERYBODY) && contains([row.privilege], privilege);
}

/** Containers that somebody may use on the target and not on the source, while there is somebody there to whom data was granted. */
function useGains(
  after: ReadonlyMap<string, readonly DirectGrant[]>,
  ownerOf: OwnerOf,
  options: AccessOptions,
): readonly AccessGain[] {
  const { governed, runner } = options;
  const reaches = (object: Governed) =>
    (DATA[object.kind].length > 0 && ownerOf(object) !== runner) ||
    (after.get(object.key) ?? []).some((row) => row.principal !== runner && isData(row));
  const opened = new Set(governed.filter(reaches).flatMap(openedContainers));
  return governed.flatMap((container) => {
    if (!opened.has(container.key)) return [];
    const rows = [...(after.get(container.key) ?? []), ...byOwning(container, ownerOf)];
    const others = rows.filter(({ principal }) => principal !== runner && principal !== "");
    return others.flatMap(({ principal, privilege }) =>
      usesOf(container)
        .filter((use) => contains([privilege], use) && !mayUse(principal, use, container, options))
        .map((use) => ({ principal, object: nameOfTarget(container.target), privileges: [use] })),
    );
  });
}

/** Owning a container is using it, and nothing below it. */
function byOwning(
  container: Governed,
  ownerOf: OwnerOf,
): readonly Pick<DirectGrant, "principal" | "privilege">[] {
  const [privilege] = usesOf(container);
  return privilege === undefined ? [] : [{ principal: ownerOf(container), privilege }];
}

type Use = "USE_CATALOG" | "USE_SCHEMA";

/** What a grant on a container lets its holder use. */
function usesOf({ kind }: Governed): readonly Use[] {
  if (kind === "catalog") return ["USE_CATALOG", "USE_SCHEMA"];
  return kind === "schema" ? ["USE_SCHEMA"] : [];
}

/** Whether the source lets a name use the same: by a grant there or above, or on each schema by itself. */
function mayUse(
  principal: string,
  use: Use,
  container: Governed,
  { governed, grants }: AccessOptions,
): boolean {
  const owns = ({ kind, source }: Governed) =>
    `USE_${kind.toUpperCase()}` === use && [principal, EVERYBODY].includes(source.owner);
  const holds = (place: Governed) =>
    owns(place) || grants.source(place.key).some((row) => gives(row, principal, use));
  const catalog = securableKey({ level: "catalog" });
  if (holds(container) || grants.source(catalog).some((row) => gives(row, principal, use))) return true;
  if (container.kind !== "catalog" || use !== "USE_SCHEMA") return false;
  const schemas = governed.filter(({ kind }) => kind === "schema");
  return schemas.every(holds);
}

function isData({ privilege }: DirectGrant): boolean {
  return Object.values(DATA).some((names) => names.some((name) => contains([privilege], name)));
}

/** The containers whose use lets a grant on a securable work. A grant on the catalog works in all of its schemas. */
function openedContainers({ kind, local, key }: Governed): readonly string[] {
  const catalog = securableKey({ level: "catalog" });
  if (kind === "catalog") return [catalog];
  const [schema = ""] = local.split(".");
  return kind === "schema" ? [key, catalog] : [securableKey({ level: "schema", schema }), catalog];
}

/** One line for each principal and object. */
function merged(gains: readonly AccessGain[]): readonly AccessGain[] {
  const groups = groupBy(gains, ({ principal, object }) => JSON.stringify([principal, object]));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    const privileges = [...new Set(same.flatMap((one) => one.privileges))];
    return first === undefined ? [] : [{ ...first, privileges }];
  });
}
