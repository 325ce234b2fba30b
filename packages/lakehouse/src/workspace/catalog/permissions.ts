import {
  type EffectivePrivilege,
  type PrivilegeAssignment,
  type SecurableType,
  WorkspaceError,
} from "@clone-xs/unity";
import {
  changeGrants,
  effectivePrivileges,
  type GrantChange,
  lacks,
  manages,
  nameOf,
  namesOf,
  targetOf,
} from "../../authorization/index.ts";
import { ExecutionError } from "../../execution/execution.ts";
import { type CatalogReader, catalogOf, functionOf, schemaOf, tableOf, volumeOf } from "./lookup.ts";

/** A securable that privileges are read or changed on; the metastore is changed by SQL only. */
type Place = NonNullable<ReturnType<typeof targetOf>>;

/** Direct grants on a securable. Who does not manage it sees the grants to itself and its groups. */
export function directGrants(
  reader: CatalogReader,
  type: SecurableType,
  fullName: string,
): readonly PrivilegeAssignment[] {
  const place = existing(reader, type, fullName);
  return shown(reader, place, reader.metastore.grants(place.type, nameOf(place)));
}

export function effectiveGrants(
  reader: CatalogReader,
  type: SecurableType,
  fullName: string,
): readonly EffectivePrivilege[] {
  const place = existing(reader, type, fullName);
  return shown(reader, place, effectivePrivileges(reader.metastore, place));
}

/** Adds and removes grants, all or nothing. Throws NOT_FOUND, PERMISSION_DENIED or INVALID_REQUEST in the words of the REST API. */
export function updateGrants(
  reader: CatalogReader,
  { type, fullName, changes }: { type: SecurableType; fullName: string; changes: readonly GrantChange[] },
): readonly PrivilegeAssignment[] {
  const place = existing(reader, type, fullName);
  if (!manages(reader, place))
    throw new WorkspaceError("PERMISSION_DENIED", lacks("MANAGE", place), {
      errorClass: "PERMISSION_DENIED",
    });
  try {
    changeGrants(reader, place, changes);
  } catch (error) {
    throw error instanceof ExecutionError ? refused(error) : error;
  }
  return reader.metastore.grants(place.type, nameOf(place));
}

function refused({ errorClass, message }: ExecutionError): WorkspaceError {
  const text = message.replace(/^\[[^\]]+\] /u, "").replace(/ SQLSTATE: \w+$/u, "");
  const code = errorClass === "PRINCIPAL_DOES_NOT_EXIST" ? "NOT_FOUND" : "INVALID_REQUEST";
  return new WorkspaceError(code, text, { errorClass });
}

function shown<T extends { readonly principal: string }>(
  reader: CatalogReader,
  place: Place,
  grants: readonly T[],
): readonly T[] {
  if (manages(reader, place)) return grants;
  const names = namesOf(reader.principal);
  return grants.filter(({ principal }) => names.has(principal));
}

function existing(reader: CatalogReader, type: SecurableType, fullName: string): Place {
  const place = targetOf(type, fullName.toLowerCase());
  if (place === undefined)
    throw new WorkspaceError("INVALID_REQUEST", `'${fullName}' is no name of a ${type}.`, {
      errorClass: "INVALID_PARAMETER_VALUE",
    });
  if (place.type === "catalog") catalogOf(reader, place.name);
  else if (place.type === "schema") schemaOf(reader, place.name);
  else if (place.type === "table") tableOf(reader, place.name);
  else if (place.type === "function") functionOf(reader, place.name);
  else volumeOf(reader, place.name);
  return place;
}
