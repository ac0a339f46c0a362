import { describe, expect, test } from "vitest";
import { box, createExchanging, paypal, tokenServer, zoom } from "../../../test/token-providers.js";
import { ConfigurationError } from "../../index.js";

const auth = { clientId: "AeA1QIZXiflr1", clientSecret: "EJxZ3_yHSXe4eC39HqLyjWDarjtT1zdp7dc" };

describe("the address of tokens", () => {
  const address = async (profile: Parameters<typeof createExchanging>[0], options: object) => {
    const { fetch, tokenRequests } = tokenServer();
    const own = { ...auth, subjectId: "1", accountId: "1" };
    const call = "account" in options ? { account: "a" } : {};
    const { account: _, ...rest } = options as { account?: string };
    await createExchanging(profile, { auth: own, fetch, ...rest }).GET("/things", call);
    return tokenRequests()[0]?.url;
  };

  test.each([
    ["a fake with the base path", box, "http://127.0.0.1:4010/2.0", "http://127.0.0.1:4010/oauth2/token"],
    ["a proxy", box, "https://proxy.test/box/2.0", "https://proxy.test/box/oauth2/token"],
    ["a proxy that adds the base path", box, "https://proxy.test/box", "https://proxy.test/box/oauth2/token"],
    ["a sandbox", paypal, "https://api-m.sandbox.paypal.com", "https://api-m.sandbox.paypal.com/v1/oauth2/token"],
    ["a fake, of another host", zoom, "http://127.0.0.1:4010/v2", "http://127.0.0.1:4010/oauth/token"],
  ])("is at baseUrl: %s", async (...[, profile, baseUrl, expected]) => {
    expect(await address(profile, { baseUrl })).toBe(expected);
  });

  test("is at an internal host over http only with allowHttp", async () => {
    const baseUrl = "http://fake:8080/2.0";
    expect(await address(box, { baseUrl, allowHttp: true })).toBe("http://fake:8080/oauth2/token");
    expect(() => createExchanging(box, { auth: { ...auth, subjectId: "1" }, baseUrl })).toThrow(ConfigurationError);
  });

  test("is the option tokens.url where it is given", async () => {
    const tokens = { url: "https://login.test/oauth/token" };
    expect(await address(zoom, { baseUrl: "https://api.eu.test/v2", tokens })).toBe(tokens.url);
  });

  test.each([
    [undefined, "https://zoom.us/oauth/token"],
    ["gov", "https://zoomgov.com/oauth/token"],
  ])("is that of the environment, where it is at a host of its own: %s", async (environment, expected) => {
    const gov = { baseUrl: "https://api.zoomgov.com/v2", servers: { "https://zoom.us": "https://zoomgov.com" } };
    expect(await address({ ...zoom, environments: { main: {}, gov } }, { environment })).toBe(expected);
  });

  test("is not that of another environment: where it is must be said", () => {
    const profile = { ...zoom, environments: { main: {}, gov: { baseUrl: "https://api.zoomgov.com/v2" } } };
    const create = () => createExchanging(profile, { auth: { ...auth, accountId: "1" }, environment: "gov" });
    expect(create).toThrow("Zoom: where https://zoom.us/oauth/token is in the environment `gov` is unknown");
  });

  // https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
  test("is at the host of the account where baseUrl has variables", async () => {
    const salesforce = {
      ...paypal,
      name: "Salesforce",
      baseUrl: "https://{domain}.my.salesforce.com/services/data/v64.0",
      variables: { domain: { pattern: "[a-z0-9-]+" } },
      auth: { ...paypal.auth, tokenUrl: "/services/oauth2/token" },
    } as const;
    expect(await address(salesforce, { domain: "acme" })).toBe("https://acme.my.salesforce.com/services/oauth2/token");
    const source = { getAccount: () => auth, getVariables: () => ({ domain: "globex" }) };
    expect(await address(salesforce, { auth: source, account: "a" })).toBe(
      "https://globex.my.salesforce.com/services/oauth2/token",
    );
    const foreign = { getAccount: () => auth, getVariables: () => ({ domain: "evil.test/" }) };
    await expect(address(salesforce, { auth: foreign, account: "a" })).rejects.toThrow("variables.domain must match");
  });
});
