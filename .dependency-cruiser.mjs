/** Who may import whom, each with its reason. ARCHITECTURE.md draws the same picture. */
const layers = {
  unity: {
    may: [],
    because:
      "the nouns and the Workspace port are what everybody agrees on; they must not depend on any opinion",
  },
  delta: {
    may: [],
    because: "the Delta protocol has its own specification and must be usable without SQL, engine or catalog",
  },
  "databricks/contract": {
    may: [],
    because: "wire models are shared by the client and the embedded server; they may know neither",
  },
  sql: { may: ["unity"], because: "Databricks SQL is text and trees; it names securables and does nothing" },
  "databricks/client": {
    may: ["unity", "databricks/contract"],
    because: "an adapter of the Workspace port over HTTP, nothing of the product",
  },
  lakehouse: {
    may: ["unity", "sql", "delta", "databricks/contract"],
    because: "the embedded workspace is a Databricks; a Databricks does not know who clones it",
  },
  clone: { may: ["unity", "sql"], because: "the engine cannot tell a real workspace from the embedded one" },
  "server/contract": {
    may: ["clone"],
    because: "the page and other clients take the API's shapes without the server",
  },
  server: {
    may: [
      "server/contract",
      "clone",
      "unity",
      "sql",
      "databricks/contract",
      "databricks/client",
      "lakehouse",
    ],
    because: "the API composes the engine with workspaces; it does not read arguments",
  },
  ui: {
    may: ["server/contract"],
    because: "the page speaks HTTP; anything more would end up in the browser",
  },
  acceptance: {
    may: [],
    because: "the release check judges from outside: over HTTP and by the command line",
  },
  bench: { may: [], because: "the bench measures the built program and public calls from outside" },
};

/** Folder of each layer; longer paths first where one contains the other. */
const folderOf = (layer) =>
  layer === "acceptance" || layer === "bench"
    ? `^${layer}/`
    : layer.includes("/")
      ? `^packages/${layer.replace("/", "/src/")}/`
      : `^packages/${layer}/`;
const inner = (layer) =>
  Object.keys(layers)
    .filter((other) => other.startsWith(`${layer}/`))
    .map(folderOf);
const tests = "(\\.test\\.tsx?$|/test/|/testing/)";

const layerRules = Object.entries(layers).map(([layer, { may, because }]) => ({
  name: `${layer}-imports`,
  comment: `${layer} may import ${may.length === 0 ? "nothing of ours" : may.join(", ")}: ${because}`,
  severity: "error",
  from: { path: folderOf(layer), pathNot: [tests, ...inner(layer)] },
  to: {
    path: "^(packages|acceptance|bench)/",
    pathNot: [folderOf(layer), ...may.map(folderOf), "node_modules"],
  },
}));

export default {
  forbidden: [
    ...layerRules.filter((rule) => rule.name !== "bench-imports"),
    {
      name: "nobody-imports-the-command-line",
      comment:
        "cli is the composition root: what others need of it belongs to the package that knows the subject",
      severity: "error",
      from: { path: "^packages/(?!cli/)", pathNot: tests },
      to: { path: "^packages/cli/" },
    },
    {
      name: "no-cycles",
      comment: "a cycle means that two files are one idea, or that a third is missing",
      severity: "error",
      from: { pathNot: "node_modules" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "by-name-across-packages",
      comment:
        "packages meet at their exports, so that an export list is the truth about what others rely on",
      severity: "error",
      from: { path: "^(packages/[^/]+|acceptance|bench)/", pathNot: tests },
      to: {
        path: "^(packages|acceptance|bench)/",
        pathNot: ["^$1/", "/src/(index|contract/index|client/index|config/index|testing/index)\\.ts$"],
      },
    },
    {
      name: "no-unresolved",
      comment: "an import that does not resolve escapes every rule above",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
    },
  },
};
