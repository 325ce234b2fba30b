/**
 * The namespace that unqualified names in a view's text resolve against, as the service shows it among the view's
 * properties (`view.catalogAndNamespace.*`, written by Spark at CREATE VIEW).
 */
export interface ViewNamespace {
  readonly catalog: string;
  readonly schema: string;
}

const PREFIX = "view.catalogAndNamespace.";

/** The properties that carry a view's namespace. Inverse of {@link viewNamespaceOf}. */
export function viewNamespaceProperties({ catalog, schema }: ViewNamespace): Record<string, string> {
  return { [`${PREFIX}numParts`]: "2", [`${PREFIX}part.0`]: catalog, [`${PREFIX}part.1`]: schema };
}

/**
 * A view's namespace: from its properties, else from `sql_path` when that is one two-part name, else `undefined`.
 */
export function viewNamespaceOf(view: {
  properties?: Readonly<Record<string, string>> | undefined;
  sql_path?: string | undefined;
}): ViewNamespace | undefined {
  const { properties = {}, sql_path } = view;
  const catalog = properties[`${PREFIX}part.0`];
  const schema = properties[`${PREFIX}part.1`];
  if (properties[`${PREFIX}numParts`] === "2" && catalog !== undefined && schema !== undefined)
    return { catalog, schema };
  return sql_path === undefined ? undefined : twoPartName(sql_path);
}

function twoPartName(path: string): ViewNamespace | undefined {
  const parts = /^(?:`((?:[^`]|``)+)`|([^`.,\s]+))\.(?:`((?:[^`]|``)+)`|([^`.,\s]+))$/u.exec(path.trim());
  if (parts === null) return undefined;
  const part = (quoted: string | undefined, plain: string | undefined) =>
    quoted?.replaceAll("``", "`") ?? plain ?? "";
  return { catalog: part(parts[1], parts[2]), schema: part(parts[3], parts[4]) };
}

/**
 * Whether a key among a table's `properties` is the server's bookkeeping (protocol versions and features, last commit,
 * what a view remembers of its session) and not a TBLPROPERTY that a user set.
 */
export function isServerProperty(key: string): boolean {
  return /^(delta\.(minReaderVersion$|minWriterVersion$|feature\.|lastCommitTimestamp$|lastUpdateVersion$)|view\.(catalogAndNamespace|query\.out|sqlConfig|referredTemp))/u.test(
    key,
  );
}
