import { describe, expect, it } from "vitest";
import { addingConnection, changingConnection, removingConnection } from "./connections.ts";
import { curlOf } from "./equivalents.ts";

const curl = (means: ReturnType<typeof addingConnection>) =>
  curlOf(means.call, { origin: "http://127.0.0.1:8080", needsToken: false });

const east = { name: "east", host: "https://east.example.com", auth_method: "pat" } as const;

describe("a connection by other means", () => {
  it("leaves the secret to the shell, which keeps it out of the list of processes", () => {
    const means = addingConnection({ ...east, destination_catalog: "copies" });
    expect(means.cli?.split(" \\\n  ")).toEqual([
      "clxs config connections add --host https://east.example.com --secret-env CLXS_TARGET_TOKEN --dest copies east",
    ]);
    expect(curl(means)).toBe(`curl -X POST http://127.0.0.1:8080/api/connections \\
  -H 'Content-Type: application/json' \\
  -d @- <<END
{
  "name": "east",
  "host": "https://east.example.com",
  "auth_method": "pat",
  "token": "$CLXS_TARGET_TOKEN",
  "destination_catalog": "copies"
}
END`);
  });

  it("escapes what the shell would read in the rest", () => {
    expect(curl(addingConnection({ ...east, name: 'a$b`c\\d"e secret0.' }))).toContain(
      String.raw`"name": "a\$b\`c\\\\d\\"e secret0.",`,
    );
  });

  it("signs in as was chosen", () => {
    const principal = { ...east, auth_method: "service_principal", client_id: "0a1b" } as const;
    expect(addingConnection(principal).cli).toContain("--client-id 0a1b");
    expect(curl(addingConnection(principal))).toContain('"client_secret": "$CLXS_TARGET_TOKEN"');
    const profile = addingConnection({ name: "east", auth_method: "profile", profile: "EAST" });
    expect(profile.cli).toBe("clxs config connections add --from-profile EAST east");
    expect(curl(profile)).not.toContain("$");
  });

  it("has no words of the command line for another name", () => {
    expect(changingConnection("east", { ...east, name: "west" }).cli).toBeUndefined();
    expect(changingConnection("east", east).cli).toContain("--replace");
  });

  it("tells names from options", () => {
    expect(removingConnection("-x").cli).toBe("clxs config connections remove -- -x");
  });
});
