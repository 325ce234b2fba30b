import { array, assert, constantFrom, property, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseProfile, parseProfiles, profileNames } from "./profiles.ts";

const section = (text: string, name = "DEFAULT") => Object.fromEntries(parseProfiles(text).get(name) ?? []);

describe("parseProfiles", () => {
  it.each([
    [
      "an equals sign with blanks around",
      "[DEFAULT]\nhost = https://a.example.com\n",
      { host: "https://a.example.com" },
    ],
    ["a colon", "[DEFAULT]\nhost: a.example.com", { host: "a.example.com" }],
    ["keys before any section", "host = a", { host: "a" }],
    ["keys in any case", "[DEFAULT]\nHost = a\nTOKEN=b", { host: "a", token: "b" }],
    ["the last of two", "[DEFAULT]\ntoken = a\ntoken = b", { token: "b" }],
    ["whole-line comments", "[DEFAULT]\n# host = a\n; token = b\n  # x = y\nhost = c", { host: "c" }],
    [
      "an inline comment after a blank",
      "[DEFAULT]\nhost = a # the good one\ntoken = b ; also",
      { host: "a", token: "b" },
    ],
    ["a hash inside a value", "[DEFAULT]\ntoken = dapi#12;3", { token: "dapi#12;3" }],
    ["a value that is only a comment", "[DEFAULT]\ntoken = # none yet", { token: "" }],
    ["further equals signs", "[DEFAULT]\nclient_secret = ab==", { client_secret: "ab==" }],
    ["quotes around a value", '[DEFAULT]\nhost = "a"', { host: "a" }],
    ["carriage returns and a byte order mark", "\uFEFF[DEFAULT]\r\nhost = a\r\n", { host: "a" }],
    ["a comment after a header", "[DEFAULT] # mine\nhost = a", { host: "a" }],
    ["lines that are neither", "[DEFAULT]\nnonsense\nhost = a", { host: "a" }],
    ["nothing", "", {}],
  ])("reads %s", (_, text, expected) => {
    expect(section(text)).toEqual(expected);
  });

  it("reads back what was written", () => {
    const word = string({ minLength: 1, unit: constantFrom(...Array.from("abcXYZ019-_./:=#")) }).filter(
      (text) => /^[a-zA-Z]/u.test(text),
    );
    const key = string({ minLength: 1, unit: constantFrom(...Array.from("abc_xyz")) });
    assert(
      property(array(tuple(key, word), { minLength: 1 }), (entries) => {
        const text = `[p]\n${entries.map(([name, value]) => `${name} = ${value}`).join("\n")}\n`;
        expect(section(text, "p")).toEqual(Object.fromEntries(entries));
      }),
    );
  });
});

it("names the profiles that can be chosen: not the tools' settings, not an empty DEFAULT", () => {
  const text = "[DEFAULT]\n\n[dev]\nhost = a\n[__settings__]\ndefault_profile = dev\n[prod]\nhost = b";
  expect(profileNames(parseProfiles(text))).toEqual(["dev", "prod"]);
});

describe("chooseProfile", () => {
  const withPreset = parseProfiles("[__settings__]\ndefault_profile = preset\n");

  it.each([
    ["asked for", { asked: "a", fromEnvironment: "b" }, { name: "a", chosenBy: "argument" }],
    ["of the environment", { fromEnvironment: "b" }, { name: "b", chosenBy: "DATABRICKS_CONFIG_PROFILE" }],
    ["of the file's settings", { fromEnvironment: "" }, { name: "preset", chosenBy: "default_profile" }],
  ])("takes the one %s", (_, from, expected) => {
    expect(chooseProfile(withPreset, from)).toEqual(expected);
  });

  it("falls back to DEFAULT", () => {
    expect(chooseProfile(parseProfiles(""), {})).toEqual({ name: "DEFAULT", chosenBy: "DEFAULT" });
  });
});
