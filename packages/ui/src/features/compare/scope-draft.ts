import type { ScopeSearch } from "../../app/search.ts";

/** What the form of two catalogs holds. */
export interface ScopeDraft {
  readonly source: string;
  readonly destination: string;
  /** Empty: the source's own workspace. */
  readonly target: string;
  /** Names separated by commas. */
  readonly include: string;
  readonly exclude: string;
}

export function draftOf({ source, destination, target, include, exclude }: ScopeSearch): ScopeDraft {
  return {
    source: source ?? "",
    destination: destination ?? "",
    target: target ?? "",
    include: include?.join(", ") ?? "",
    exclude: exclude?.join(", ") ?? "",
  };
}

/** The address of what the form holds. */
export function searchOf({ source, destination, target, include, exclude }: ScopeDraft): ScopeSearch {
  const [some, others] = [namesIn(include), namesIn(exclude)];
  return {
    ...(source === "" ? {} : { source }),
    ...(destination === "" ? {} : { destination }),
    ...(target === "" ? {} : { target }),
    ...(some.length === 0 ? {} : { include: some }),
    ...(others.length === 0 ? {} : { exclude: others }),
  };
}

function namesIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** What keeps the form from being sent. */
export function scopeProblem(draft: ScopeDraft, needsDestination: boolean): string | undefined {
  const { source, destination, target } = draft;
  if (source === "") return "Choose the source catalog.";
  if (destination === "" && needsDestination) return "Choose the destination catalog.";
  if (destination === "" && target !== "") return "Name the catalog there, or choose this workspace.";
  if (target === "" && source.toLowerCase() === destination.toLowerCase())
    return "These are the same catalog.";
  return undefined;
}

/** The keys of a request that an address asks for; `undefined` while it names no source. */
export function scopeBody({ source, destination, target, include, exclude }: ScopeSearch) {
  if (source === undefined) return undefined;
  return {
    source_catalog: source,
    ...(destination === undefined ? {} : { destination_catalog: destination }),
    ...(target === undefined || destination === undefined
      ? {}
      : { target_workspace: { connection: target, destination_catalog: destination } }),
    ...(include === undefined ? {} : { include_schemas: include }),
    ...(exclude === undefined ? {} : { exclude_schemas: exclude }),
  };
}
