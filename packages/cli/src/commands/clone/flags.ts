import { type Command, Option } from "commander";
import { type TargetFlag, targetFlag, targetKeys } from "../../targets/target-flag.ts";
import { keyValue, list, tableCondition, wholeNumber } from "../options.ts";

/** The flags of `clone` and `plan`, as commander hands them over. */
export interface CloneFlags {
  readonly config?: string;
  readonly configProfile?: string;
  readonly source?: string;
  readonly dest?: string;
  readonly cloneType?: string;
  readonly loadType?: string;
  readonly tblProperty?: Readonly<Record<string, string>>;
  readonly includeSchemas?: readonly string[];
  readonly excludeSchemas?: readonly string[];
  readonly includeTablesRegex?: string;
  readonly excludeTablesRegex?: string;
  readonly where?: Readonly<Record<string, string>>;
  readonly schemaOnly?: boolean;
  readonly location?: string;
  readonly asOfTimestamp?: string;
  readonly asOfVersion?: string;
  readonly permissions: boolean;
  readonly ownership: boolean;
  readonly tags: boolean;
  readonly security: boolean;
  readonly constraints: boolean;
  readonly comments: boolean;
  readonly properties: boolean;
  readonly views: boolean;
  readonly functions: boolean;
  readonly volumes: boolean;
  readonly access?: string;
  readonly prune?: string;
  readonly forceReclone?: boolean;
  readonly replaceForeign?: boolean;
  readonly onTargetModified?: string;
  readonly quiesceSource?: boolean;
  readonly quiesceUntil?: string;
  readonly quiesceWide?: boolean;
  readonly validate?: boolean;
  readonly maxParallel?: number;
  readonly target?: readonly TargetFlag[];
  readonly fanoutMaxParallel?: number;
  readonly strict?: boolean;
}

/** Declares what a clone can be asked for. Only features that exist have a flag: anything else is an unknown option. */
export function cloneFlags(command: Command): Command {
  return command
    .option("--source <catalog>", "catalog to clone")
    .option("--dest <catalog>", "catalog to clone into; made when it does not exist")
    .option(
      "--config <file>",
      "configuration file with keys of the API's clone request, of which flags have the last word (default: clxs.yaml here, when it is there)",
    )
    .option("--config-profile <name>", "named set of keys in the configuration file")
    .addOption(
      new Option("--clone-type <type>", "copy the data, or refer to the source's files").choices([
        "DEEP",
        "SHALLOW",
      ]),
    )
    .addOption(
      new Option("--load-type <type>", "everything, what is missing, or what is missing or drifted").choices([
        "FULL",
        "INCREMENTAL",
        "SELECTIVE",
      ]),
    )
    .option("--tbl-property <key=value>", "table property to set on every clone (repeatable)", keyValue)
    .option("--include-schemas <names>", "only these schemas, separated by commas", list)
    .option("--exclude-schemas <names>", "not these schemas, separated by commas", list)
    .option("--include-tables-regex <regex>", "only tables whose name matches")
    .option("--exclude-tables-regex <regex>", "no tables whose name matches")
    .option(
      "--where <schema.table:predicate>",
      "only rows of that table that satisfy a SQL condition (repeatable)",
      tableCondition,
    )
    .option("--schema-only", "tables with columns, properties and constraints, and without rows")
    .option("--location <url>", "make external tables and volumes under this place")
    .addOption(
      new Option(
        "--as-of-timestamp <time>",
        "tables as they were then, for instance 2026-01-31T12:00:00Z",
      ).conflicts("asOfVersion"),
    )
    .option("--as-of-version <n>", "tables at this version")
    .option("--no-views", "leave views out")
    .option("--no-functions", "leave functions out")
    .option("--no-volumes", "leave volumes out")
    .option("--no-permissions", "leave grants out")
    .option("--no-ownership", "leave owners as they come")
    .option("--no-tags", "leave tags out")
    .option("--no-security", "leave masks and row filters out")
    .option("--no-constraints", "leave primary and foreign keys out")
    .option("--no-comments", "leave comments out, but those of columns")
    .option("--no-properties", "leave properties out, but those that CLONE carries")
    .addOption(
      new Option(
        "--access <action>",
        "tell who would gain access to data, or refuse to clone when somebody would",
      ).choices(["report", "refuse"]),
    )
    .addOption(
      new Option("--prune <action>", "tell of clones whose source is gone, or drop them").choices([
        "report",
        "drop",
      ]),
    )
    .option("--force-reclone", "clone again what is in sync")
    .option("--replace-foreign", "replace tables of the destination that are no clones of the source")
    .addOption(
      new Option("--on-target-modified <action>", "what to do with a clone that was written since").choices([
        "fail",
        "skip",
        "overwrite",
      ]),
    )
    .option("--quiesce-source", "take write privileges on the source for the time of the clone")
    .addOption(
      new Option(
        "--quiesce-until <moment>",
        "give them back when all is cloned, or as soon as the versions are read",
      ).choices(["cloned", "pinned"]),
    )
    .option("--quiesce-wide", "quiesce also when schemas outside the scope lose their writers")
    .option(
      "--validate",
      "compare every copy that was made with its source: rows by hash, columns, texts, files",
    )
    .option("--max-parallel <n>", "statements under way at the same time", wholeNumber({ from: 1, to: 256 }))
    .option(
      "--target <name=N,dest=D>",
      "clone to another workspace: a saved connection or a profile of ~/.databrickscfg, and the catalog there (repeatable: to all of them)",
      targetFlag,
    )
    .option(
      "--fanout-max-parallel <n>",
      "targets worked on at the same time",
      wholeNumber({ from: 1, to: 64 }),
    )
    .option("--strict", "exit with 1 also when something could not be copied (residue)");
}

/** Flags to the keys of the API's clone request; defaults stay with the request. */
export function cloneWire(flags: CloneFlags): Readonly<Record<string, unknown>> {
  const keys = {
    source_catalog: flags.source,
    destination_catalog: flags.dest,
    clone_type: flags.cloneType,
    load_type: flags.loadType,
    clone_tbl_properties: flags.tblProperty,
    include_schemas: flags.includeSchemas,
    exclude_schemas: flags.excludeSchemas,
    include_tables_regex: flags.includeTablesRegex,
    exclude_tables_regex: flags.excludeTablesRegex,
    where_clauses: flags.where,
    schema_only: flags.schemaOnly,
    location: flags.location,
    as_of_timestamp: flags.asOfTimestamp,
    as_of_version: flags.asOfVersion,
    clone_views: onlyFalse(flags.views),
    clone_functions: onlyFalse(flags.functions),
    clone_volumes: onlyFalse(flags.volumes),
    copy_permissions: onlyFalse(flags.permissions),
    copy_ownership: onlyFalse(flags.ownership),
    copy_tags: onlyFalse(flags.tags),
    copy_security: onlyFalse(flags.security),
    copy_constraints: onlyFalse(flags.constraints),
    copy_comments: onlyFalse(flags.comments),
    copy_properties: onlyFalse(flags.properties),
    access: flags.access,
    prune: flags.prune,
    force_reclone: flags.forceReclone,
    replace_foreign: flags.replaceForeign,
    on_target_modified: flags.onTargetModified,
    quiesce_source: flags.quiesceSource,
    quiesce_until: flags.quiesceUntil,
    quiesce_wide: flags.quiesceWide,
    validate_after_clone: flags.validate,
    max_parallel_queries: flags.maxParallel,
    ...targetKeys(flags.target),
    fanout_max_parallel: flags.fanoutMaxParallel,
    strict: flags.strict,
  };
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
}

/** commander says `true` for a `--no-…` that was not typed; only a typed one is part of the request. */
function onlyFalse(flag: boolean): false | undefined {
  return flag ? undefined : false;
}

/** How each key of the request is called on the command line, for messages. */
const FLAG_OF: ReadonlyMap<string, string> = new Map([
  ["source_catalog", "--source"],
  ["destination_catalog", "--dest"],
  ["clone_type", "--clone-type"],
  ["load_type", "--load-type"],
  ["clone_tbl_properties", "--tbl-property"],
  ["include_schemas", "--include-schemas"],
  ["exclude_schemas", "--exclude-schemas"],
  ["include_tables_regex", "--include-tables-regex"],
  ["exclude_tables_regex", "--exclude-tables-regex"],
  ["where_clauses", "--where"],
  ["schema_only", "--schema-only"],
  ["location", "--location"],
  ["as_of_timestamp", "--as-of-timestamp"],
  ["as_of_version", "--as-of-version"],
  ["clone_views", "--no-views"],
  ["clone_functions", "--no-functions"],
  ["clone_volumes", "--no-volumes"],
  ["copy_permissions", "--no-permissions"],
  ["copy_ownership", "--no-ownership"],
  ["copy_tags", "--no-tags"],
  ["copy_security", "--no-security"],
  ["copy_constraints", "--no-constraints"],
  ["copy_comments", "--no-comments"],
  ["copy_properties", "--no-properties"],
  ["access", "--access"],
  ["prune", "--prune"],
  ["force_reclone", "--force-reclone"],
  ["replace_foreign", "--replace-foreign"],
  ["on_target_modified", "--on-target-modified"],
  ["validate_after_clone", "--validate"],
  ["max_parallel_queries", "--max-parallel"],
  ["strict", "--strict"],
  ["target_workspace", "--target"],
  ["target_workspaces", "--target"],
  ["fanout_max_parallel", "--fanout-max-parallel"],
  ["quiesce_source", "--quiesce-source"],
  ["quiesce_until", "--quiesce-until"],
  ["quiesce_wide", "--quiesce-wide"],
  ["dry_run", "--dry-run"],
]);

/** The flag for a problem's path; a key that has no flag stays as the configuration file spells it. */
export function flagOf(path: string): string {
  const [key = path] = path.split(/[.[]/u);
  return FLAG_OF.get(key) ?? key;
}

/**
 * A message about a clone in the words of the command line: `replace_foreign` becomes `--replace-foreign`. Only whole keys
 * that are no plain words, and no part of a longer or quoted name.
 */
export function withFlags(message: string): string {
  return message.replace(KEYS, flagOf);
}

const KEYS = new RegExp(
  `(?<![\\w.\`-])(?:${[...FLAG_OF.keys()].filter((key) => key.includes("_")).join("|")})(?![\\w\`]|\\.\\w)`,
  "gu",
);
