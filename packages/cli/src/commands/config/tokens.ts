import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints, wholeNumber } from "../options.ts";
import type { AddTokenOptions, ListTokenOptions } from "./tokens-run.ts";

/** `clxs config tokens`: who may call a server that asks for a token. They are kept in the home, whether or not a server runs. */
export const tokensCommand: CommandMaker = (surroundings, finish) => {
  const list = new Command("list").description("Tokens by name, with role, expiry and last use");
  prints(list, ["human", "json"]);
  example(list, "clxs config tokens list --output json");
  list.action(async (options: ListTokenOptions) => {
    const { listTokens } = await import("./tokens-run.ts");
    finish(listTokens(options, surroundings));
  });

  const add = new Command("add")
    .description("Make a token and print it, this once: only a digest of it is kept")
    .argument("<name>", "who or what will use it; it stands in the record of who did what")
    .addOption(
      new Option(
        "--role <role>",
        "viewer looks, operator also starts and undoes, admin also decides about connections and tokens",
      )
        .choices(["viewer", "operator", "admin"])
        .makeOptionMandatory(),
    )
    .option(
      "--expires-in-days <days>",
      "when it stops working (default: never)",
      wholeNumber({ from: 1, to: 3650 }),
    );
  prints(add, ["human", "json"]);
  example(
    add,
    "clxs config tokens add ada --role admin",
    "clxs config tokens add nightly --role operator --expires-in-days 90 > nightly.token",
  );
  add.action(async (name: string, options: AddTokenOptions) => {
    const { addToken } = await import("./tokens-run.ts");
    finish(addToken(name, options, surroundings));
  });

  const remove = new Command("remove")
    .description("Take a token back: it opens nothing any more, and its sessions end")
    .argument("<name>", "which");
  example(remove, "clxs config tokens remove nightly");
  remove.action(async (name: string) => {
    const { removeToken } = await import("./tokens-run.ts");
    finish(removeToken(name, surroundings));
  });

  return new Command("tokens")
    .description("Who may call a server that asks for a token, and what for")
    .addCommand(list, { isDefault: true })
    .addCommand(add)
    .addCommand(remove);
};
