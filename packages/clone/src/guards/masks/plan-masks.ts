import type { DirectGrant } from "../../inspect/inventory.ts";
import { type Holding, holdingsOf, type Place, placeKey, placeText } from "../quiesce/holding.ts";
import type { QuiesceFacts, Revocation } from "../quiesce/plan-quiesce.ts";
import { ALL, READS_IN_ALL, WRITES_IN_ALL } from "../quiesce/privileges.ts";

/** Tables that are to be uncovered, and views that show their rows to whoever may read those. */
export type Exposed = readonly { readonly schema: string; readonly name: string }[];

/**
 * Decides from whom to take SELECT so that nobody but the runner reads the tables by a grant: on them, their schemas and the catalog,
 * from users and groups alike, alone or inside ALL PRIVILEGES, of which everything else is lent back. Pure.
 */
export function planReads(
  { grants, runner }: Pick<QuiesceFacts, "grants" | "runner">,
  exposed: Exposed,
): readonly Revocation[] {
  return reaching(grants, exposed)
    .filter(({ principal }) => principal !== runner)
    .flatMap((holding): readonly Revocation[] => {
      const { level, privileges } = holding;
      const reads = privileges.filter((privilege) => privilege === "SELECT");
      if (!privileges.includes(ALL))
        return reads.length === 0 ? [] : [{ ...holding, revoked: reads, lent: [] }];
      const rest = [...READS_IN_ALL[level], ...WRITES_IN_ALL[level]];
      const lent = rest.filter((privilege) => privilege !== "SELECT" && !privileges.includes(privilege));
      return [{ ...holding, revoked: [ALL, ...reads], lent }];
    });
}

/** Who could read all the same, because no grant can be taken from them: sentences. Nothing may be lifted while there is one. */
export function unstoppable(
  { grants, owners, scope, runner }: QuiesceFacts,
  exposed: Exposed,
): readonly string[] {
  const known = new Map(owners.map((owned) => [placeKey(owned), owned.owner]));
  const owning = placesOf(exposed).flatMap((place) => {
    const owner = known.get(placeKey(place));
    if (owner === runner) return [];
    const text = placeText(scope.catalog, place);
    return [owner === undefined ? `whoever owns ${text}` : `${owner}, who owns ${text}`];
  });
  const managing = reaching(grants, exposed).flatMap((holding) =>
    holding.principal !== runner && holding.privileges.includes("MANAGE")
      ? [`${holding.principal}, who holds MANAGE on ${placeText(scope.catalog, holding)}`]
      : [],
  );
  return [...owning, ...managing];
}

function reaching(grants: readonly DirectGrant[], exposed: Exposed): readonly Holding[] {
  const places = new Set(placesOf(exposed).map(placeKey));
  return holdingsOf(grants).filter((holding) => places.has(placeKey(holding)));
}

/** The catalog, the schemas and the tables themselves, each once. */
function placesOf(exposed: Exposed): readonly Place[] {
  const schemas = new Map(exposed.map(({ schema }) => [schema.toLowerCase(), schema]));
  return [
    { level: "catalog" },
    ...[...schemas.values()].map((schema): Place => ({ level: "schema", schema })),
    ...exposed.map(({ schema, name }): Place => ({ level: "table", schema, name })),
  ];
}
