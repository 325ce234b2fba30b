import { type Command, InvalidArgumentError } from "commander";
import { type TargetFlag, targetFlag } from "../../targets/target-flag.ts";
import { keyValue, list, wholeNumber } from "../options.ts";

/** The flags of `verify` and `validate`, as commander hands them over. */
export interface VerifyFlags {
  readonly config?: string;
  readonly configProfile?: string;
  readonly source?: string;
  readonly dest?: string;
  readonly includeSchemas?: readonly string[];
  readonly excludeSchemas?: readonly string[];
  readonly includeTablesRegex?: string;
  readonly excludeTablesRegex?: string;
  readonly tblProperty?: Readonly<Record<string, string>>;
  readonly views: boolean;
  readonly functions: boolean;
  readonly volumes: boolean;
  readonly security: boolean;
  readonly constraints: boolean;
  readonly comments: boolean;
  readonly properties: boolean;
  readonly governance?: boolean;
  readonly subset?: { readonly part: number; readonly of: number };
  readonly content?: boolean;
  readonly maxParallel?: number;
  readonly strict?: boolean;
  readonly target?: readonly TargetFlag[];
}

/** Declares what is to be compared, in the words of `clone`. */
export function verifyFlags(command: Command): Command {
  return command
    .option("--source <catalog>", "catalog that was cloned")
    .option("--dest <catalog>", "its copy")
    .option(
      "--config <file>",
      "configuration file of the clone, of which flags have the last word (default: clxs.yaml here, when it is there)",
    )
    .option("--config-profile <name>", "named set of keys in the configuration file")
    .option("--include-schemas <names>", "only these schemas, separated by commas", list)
    .option("--exclude-schemas <names>", "not these schemas, separated by commas", list)
    .option("--include-tables-regex <regex>", "only tables whose name matches")
    .option("--exclude-tables-regex <regex>", "no tables whose name matches")
    .option("--tbl-property <key=value>", "table property that the clone added (repeatable)", keyValue)
    .option(
      "--subset <k/n>",
      "the k-th of n parts of all objects; the n parts together are everything",
      subset,
    )
    .option("--no-views", "leave views out")
    .option("--no-functions", "leave functions out")
    .option("--no-volumes", "leave volumes out")
    .option("--no-security", "leave masks and row filters out")
    .option("--no-constraints", "leave primary and foreign keys out")
    .option("--no-comments", "leave comments out, but those of columns")
    .option("--no-properties", "leave properties out")
    .option("--governance", "compare tags, grants and owners too")
    .option(
      "--target <name=N,dest=D>",
      "the copy is in another workspace: a saved connection or a profile of ~/.databrickscfg",
      targetFlag,
    )
    .option("--max-parallel <n>", "objects compared at the same time", wholeNumber({ from: 1, to: 256 }))
    .option("--strict", "exit with 1 also when something could not be compared");
}

function subset(text: string): { readonly part: number; readonly of: number } {
  const [part = 0, of = 0] = text.split("/").map(Number);
  if (/^\d+\/\d+$/u.test(text) && part >= 1 && part <= of && Number.isSafeInteger(of)) return { part, of };
  throw new InvalidArgumentError("Write it as k/n with k from 1 to n, for instance 1/7.");
}
