import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { DEFAULT_SETTINGS } from "../run/settings.ts";
import { configurationJsonSchema, readConfiguration } from "./configuration.ts";
import { STARTER_CONFIGURATION } from "./starter.ts";

const requestOf = (text: string) => {
  const read = readConfiguration(text);
  return read.ok ? read.value.request : read.problems;
};

describe("readConfiguration", () => {
  it("reads YAML with any of the keys", () => {
    const text = "# nightly\nsource_catalog: prod\nload_type: SELECTIVE\nexclude_schemas: [tmp]\n";
    expect(requestOf(text)).toEqual({
      source_catalog: "prod",
      load_type: "SELECTIVE",
      exclude_schemas: ["tmp"],
    });
  });

  it("reads JSON", () => {
    expect(requestOf('{"source_catalog": "prod", "max_workers": 2}')).toEqual({
      source_catalog: "prod",
      max_workers: 2,
    });
  });

  it("takes an empty file for a request that says nothing", () => {
    expect(readConfiguration("# nothing\n")).toEqual({
      ok: true,
      value: { request: {}, profiles: {}, settings: DEFAULT_SETTINGS },
    });
  });

  it.each([
    [
      "an unknown key",
      "source_catalog: prod\nload_typ: FULL\n",
      [
        {
          line: 2,
          column: 1,
          path: "load_typ",
          message: "Unknown key load_typ. Did you mean load_type?",
          suggestion: "load_type",
        },
      ],
    ],
    [
      "a wrong word",
      "clone_type:\n  SHALOW\n",
      [{ line: 2, column: 3, path: "clone_type", message: "clone_type must be one of DEEP, SHALLOW." }],
    ],
    [
      "a wrong key inside a list",
      "include_objects:\n  - {schema: a, name: b, type: table}\n  - {schema: a, nam: b, name: c, type: table}\n",
      [
        {
          line: 3,
          column: 17,
          path: "include_objects[1].nam",
          message: "Unknown key nam. Did you mean name?",
          suggestion: "name",
        },
      ],
    ],
    [
      "a wrong key of a profile",
      "profiles:\n  nightly:\n    load_tpye: FULL\n",
      [
        {
          line: 3,
          column: 5,
          path: "profiles.nightly.load_tpye",
          message: "Unknown key load_tpye. Did you mean load_type?",
          suggestion: "load_type",
        },
      ],
    ],
    [
      "a wrong setting",
      "settings:\n  audit: {catalogue: ops}\n",
      [
        {
          line: 2,
          column: 11,
          path: "settings.audit.catalogue",
          message: "Unknown key catalogue. Did you mean catalog?",
          suggestion: "catalog",
        },
      ],
    ],
    [
      "two wrong keys, in the order of the file",
      "load_tpye: FULL\nprotected_catalogs: [prod]\n",
      [
        {
          line: 1,
          column: 1,
          path: "load_tpye",
          message: "Unknown key load_tpye. Did you mean load_type?",
          suggestion: "load_type",
        },
        {
          line: 2,
          column: 1,
          path: "protected_catalogs",
          message: "Unknown key protected_catalogs. Did you mean settings.protected_catalogs?",
          suggestion: "settings.protected_catalogs",
        },
      ],
    ],
    [
      "a wrong value before a wrong key of what holds it",
      "profiles:\n  nightly: {load_tpye: FULL, strict: 3}\nzebra: 1\n",
      [
        {
          line: 2,
          column: 13,
          path: "profiles.nightly.load_tpye",
          message: "Unknown key load_tpye. Did you mean load_type?",
          suggestion: "load_type",
        },
        {
          line: 2,
          column: 38,
          path: "profiles.nightly.strict",
          message: "profiles.nightly.strict must be true or false, not a number.",
        },
        { line: 3, column: 1, path: "zebra", message: "Unknown key zebra." },
      ],
    ],
    [
      "a price that is none",
      "settings:\n  prices:\n    storage_usd_per_gb_month: -1\n",
      [
        {
          line: 3,
          column: 31,
          path: "settings.prices.storage_usd_per_gb_month",
          message: "settings.prices.storage_usd_per_gb_month must be at least 0.",
        },
      ],
    ],
    [
      "a key twice",
      "dry_run: true\ndry_run: false\n",
      [{ line: 2, column: 1, path: "", message: "Map keys must be unique" }],
    ],
  ])("points at %s", (_, text, problems) => {
    expect(readConfiguration(text)).toEqual({ ok: false, problems });
  });

  it("points at broken syntax", () => {
    const read = readConfiguration("source_catalog: prod\nexclude_schemas: [a, b\n");
    expect(read.ok ? [] : read.problems.map(({ line }) => line)).toEqual([3]);
  });

  it("says that a list is no request", () => {
    const read = readConfiguration("- a\n");
    expect(read.ok ? [] : read.problems.map(({ line, column }) => [line, column])).toEqual([[1, 1]]);
  });

  it("reads profiles and settings, with defaults for what is not said", () => {
    const text =
      "load_type: FULL\nprofiles:\n  nightly: {load_type: SELECTIVE}\nsettings:\n  audit: {catalog: ops}\n  protected_catalogs: [Prod]\n  allowed_hosts: ['*.Example.com']\n  prices: {storage_usd_per_gb_month: 0.02}\n";
    expect(readConfiguration(text)).toEqual({
      ok: true,
      value: {
        request: { load_type: "FULL" },
        profiles: { nightly: { load_type: "SELECTIVE" } },
        settings: {
          audit: { ...DEFAULT_SETTINGS.audit, catalog: "ops" },
          protectedCatalogs: ["prod"],
          allowedHosts: ["*.example.com"],
          storagePrice: 0.02,
        },
      },
    });
  });
});

describe("the starter", () => {
  it("is a valid configuration that says what the defaults are", () => {
    const read = readConfiguration(STARTER_CONFIGURATION);
    expect(read).toMatchObject({ ok: true, value: { settings: DEFAULT_SETTINGS, request: {} } });
  });

  it("stays one when everything in it is uncommented", () => {
    const all = STARTER_CONFIGURATION.replaceAll(
      /^( *)# ((?:[a-z_]+:| +[a-z_]+:) ?.*)$/gmu,
      (line, indent: string, rest: string) =>
        /^(?:yaml-language-server|[A-Z])/u.test(rest) ? line : `${indent}${rest}`,
    );
    expect(parseDocument(all).errors).toEqual([]);
    expect(readConfiguration(all)).toMatchObject({
      ok: true,
      value: { request: { source_catalog: "demo_quick" }, settings: { storagePrice: 0.023 } },
    });
  });
});

describe("the schema for editors", () => {
  it("knows every key, with its values, and allows no other", () => {
    expect(configurationJsonSchema()).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: {
        load_type: { enum: ["FULL", "INCREMENTAL", "SELECTIVE"] },
        profiles: { additionalProperties: { additionalProperties: false } },
        settings: { properties: { audit: { additionalProperties: false } } },
      },
    });
  });
});
