import { describe, expect, it } from "vitest";
import { byControl, draftOf, emptyConnection, toConnection, toTry } from "./connection-draft.ts";

const typed = {
  ...emptyConnection,
  name: " east ",
  host: "https://east.example.com",
  token: "t",
  clientId: "c",
  clientSecret: "s",
  profile: "EAST",
};

describe("toConnection", () => {
  it.each([
    ["pat", { token: "t" }],
    ["service_principal", { client_id: "c", client_secret: "s" }],
    ["profile", { profile: "EAST" }],
  ] as const)("sends the credentials of %s alone", (method, credentials) => {
    expect(toConnection({ ...typed, method })).toEqual({
      name: "east",
      host: "https://east.example.com",
      auth_method: method,
      ...credentials,
      warehouse_id: null,
      destination_catalog: null,
    });
  });
});

it("changes a saved connection without its credentials", () => {
  const saved = {
    name: "east",
    host: "https://east.example.com",
    auth_method: "pat",
    profile: null,
    warehouse_id: "w1",
    destination_catalog: "dev",
    credentials: "kept",
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  } as const;
  const whole = {
    name: "east",
    host: "https://east.example.com",
    auth_method: "pat",
    warehouse_id: null,
    destination_catalog: "dev",
  };
  const draft = { ...draftOf(saved), warehouse: "" };
  expect(toConnection(draft)).toEqual(whole);
  expect(toTry({ ...draft, name: "west" }, saved)).toEqual(whole);
  const { name: _, ...nameless } = whole;
  expect(toTry(draft, undefined)).toEqual(nameless);
});

it("puts what the server says under the control that it is about", () => {
  const problems = [
    { path: "client_secret", message: "is required" },
    { path: "colour", message: "is unknown" },
  ];
  expect(byControl(problems)).toEqual({
    fields: { clientSecret: "is required" },
    others: [{ path: "colour", message: "is unknown" }],
  });
});
