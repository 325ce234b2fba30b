import { AGGREGATES } from "./aggregates.ts";
import { ARRAYS } from "./arrays.ts";
import { CASTS } from "./casts.ts";
import { CONDITIONALS } from "./conditionals.ts";
import { DATES } from "./dates.ts";
import type { Entry } from "./entry.ts";
import { HASHES } from "./hashes.ts";
import { JSONS } from "./json.ts";
import { MAPS } from "./maps.ts";
import { NUMBERS } from "./math.ts";
import { SETS } from "./sets.ts";
import { SESSIONS } from "./session.ts";
import { STRINGS } from "./strings.ts";
import { WINDOWS } from "./windows.ts";

/** Every built-in function the embedded workspace knows, by lower-case name. A further name is a call's UNSUPPORTED_FEATURE when Databricks has it (`absent.ts`), else UNRESOLVED_ROUTINE. */
export const FUNCTIONS: ReadonlyMap<string, Entry> = new Map(
  [
    AGGREGATES,
    WINDOWS,
    CONDITIONALS,
    NUMBERS,
    STRINGS,
    DATES,
    ARRAYS,
    MAPS,
    SETS,
    JSONS,
    HASHES,
    CASTS,
    SESSIONS,
  ].flatMap((family) => Object.entries(family)),
);
