import { describe, expect, it } from "vitest";
import { hostJudge, type HostSources } from "./allowed-hosts.ts";

const sources: HostSources = {
  saved: () => ["https://dbc.internal.example:8443"],
  own: () => "https://own.example",
  configured: ["*.corp.example", "one.example"],
  loopback: true,
};
const elsewhere = { ...sources, loopback: false };

const judged = (address: string, given: HostSources) => hostJudge(given)(address, "target_workspace.host");

describe("pitfall 26: where a request may send the server", () => {
  it.each<[string, string, HostSources]>([
    ["a saved connection", "https://dbc.internal.example", sources],
    ["the server's own workspace", "https://own.example/", sources],
    ["AWS", "https://dbc-1.cloud.databricks.com", elsewhere],
    ["Azure", "https://adb-1.2.azuredatabricks.net", elsewhere],
    ["Google Cloud", "https://1.2.gcp.databricks.com", elsewhere],
    ["Azure for governments", "https://adb-1.2.databricks.azure.us", elsewhere],
    ["Azure in China", "https://adb-1.2.databricks.azure.cn", elsewhere],
    ["in capitals, without a scheme", "DBC-1.Cloud.Databricks.com", elsewhere],
    ["with the dot of the root", "https://dbc-1.cloud.databricks.com.", elsewhere],
    ["below a configured domain", "https://a.b.corp.example", elsewhere],
    ["a configured name", "https://one.example:8443/x", elsewhere],
    ["this machine, from this machine", "http://127.0.0.1:9", sources],
    ["this machine by IPv6", "http://[::1]:9", sources],
  ])("may be %s", (_, address, given) => {
    expect(judged(address, given)).toBeUndefined();
  });

  it.each<[string, string, HostSources]>([
    ["elsewhere", "https://evil.example", sources],
    ["this machine, from another one", "http://127.0.0.1:9", elsewhere],
    ["this machine in decimal, from another one", "http://2130706433", elsewhere],
    ["a name that only ends like Databricks'", "https://evilcloud.databricks.com.evil.example", sources],
    ["a name that only looks like Databricks'", "https://xcloud.databricks.com", sources],
    ["a configured domain itself", "https://corp.example", sources],
    ["an address of the network", "https://10.0.0.5", sources],
    ["metadata of a machine", "https://169.254.169.254/latest", sources],
    ["metadata of a machine in decimal", "https://2852039166", sources],
    ["metadata by IPv6", "https://[fd00:ec2::254]", sources],
    ["a link-local address", "https://[fe80::1]", sources],
    ["a mapped address", "https://[::ffff:169.254.169.254]", sources],
    ["metadata by name", "https://metadata.google.internal.", sources],
    ["no address", "https://", sources],
  ])("may not be %s", (_, address, given) => {
    expect(judged(address, given)).toMatchObject({ path: "target_workspace.host" });
  });

  it("never is a link-local address, though it was saved or configured", () => {
    const all = { ...sources, saved: () => ["https://169.254.1.2"], configured: ["169.254.1.2"] };
    expect(judged("https://169.254.1.2", all)?.message).toContain("No request is sent there");
  });

  it("names the field, the host and the way out", () => {
    expect(judged("https://evil.example/x", sources)).toEqual({
      path: "target_workspace.host",
      message:
        "target_workspace.host: evil.example is not among the hosts that this server may be sent to. An administrator can save a connection to it (Settings on the page, or clxs config connections add), or add it to settings.allowed_hosts of the configuration file.",
    });
  });
});
