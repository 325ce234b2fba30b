import { coerce } from "../translate/casts.ts";
import { boolean, nullOf, text, typed } from "../translate/typed.ts";
import { catalogText } from "../types/text.ts";
import { BOOLEAN, STRING, VOID } from "../types/types.ts";
import { arg, type FunctionFamily, scalar } from "./entry.ts";
import { userError } from "./math.ts";

/** What a statement can ask about itself and its caller. */
export const SESSIONS: FunctionFamily = {
  current_user: scalar(0, 0, (site) => text(site.environment.session.user)),
  session_user: scalar(0, 0, (site) => text(site.environment.session.user)),
  user: scalar(0, 0, (site) => text(site.environment.session.user)),
  current_catalog: scalar(0, 0, (site) => text(site.environment.namespace.catalog ?? "main")),
  current_schema: scalar(0, 0, (site) => text(site.environment.namespace.schema ?? "default")),
  current_database: scalar(0, 0, (site) => text(site.environment.namespace.schema ?? "default")),
  current_metastore: scalar(0, 0, (site) => text(site.environment.session.metastoreId)),
  version: scalar(0, 0, (site) => text(site.environment.session.version)),
  uuid: scalar(0, 0, () => typed("CAST(uuid() AS VARCHAR)", STRING)),
  typeof: scalar(1, 1, (site) => text(catalogText(arg(site, 0).type))),
  is_account_group_member: membership(),
  is_member: membership(),
  raise_error: scalar(1, 1, (site) =>
    typed(`CAST(${userError(coerce(arg(site, 0), STRING).sql)} AS INTEGER)`, VOID),
  ),
  assert_true: scalar(1, 2, (site) => {
    const message = site.args[1] === undefined ? "'assertion failed'" : coerce(site.args[1], STRING).sql;
    return typed(
      `CASE WHEN ${coerce(arg(site, 0), BOOLEAN).sql} THEN ${nullOf(VOID)} ELSE CAST(${userError(message)} AS INTEGER) END`,
      VOID,
    );
  }),
};

function membership() {
  return scalar(1, 1, (site) => {
    const group = arg(site, 0).literal;
    if (group === undefined) throw site.unsupported("a group name that is no literal");
    return boolean(group === "account users" || site.environment.session.groups.includes(group));
  });
}
