import { createHubspot, facts, profile } from "@connectry/hubspot";
import { fakeProvider } from "@connectry/testing";
import { metrics } from "./metrics.ts";
import { type Row, readDocuments, startTour } from "./tour.ts";

/** Several documents in one client, and a search that is paginated by POST. */
export async function tourHubspot(): Promise<readonly Row[]> {
  await using server = await fakeProvider({ document: await readDocuments("hubspot"), profile, facts });
  const hubspot = createHubspot({ auth: "pat-quickstart", baseUrl: server.url, observe: metrics });
  const tour = startTour("HubSpot");

  await tour.step("create a contact", async () => {
    const body = { properties: { email: "ada@example.com" }, associations: [] };
    const { data: contact, response } = await hubspot.POST("/crm/v3/objects/contacts", { body });
    return { attempts: response.attempts.length, outcome: `created ${contact.id}` };
  });

  await tour.step("list all results of a search", async () => {
    let count = 0;
    const companies = hubspot.paginate("/crm/v3/objects/companies/search", { body: { filterGroups: [], limit: 10 } });
    for await (const _company of companies) count += 1;
    return { attempts: 1, outcome: `${count} companies, with the cursor in the body` };
  });

  const daily = { status: "error", message: "Daily limit reached.", category: "RATE_LIMITS", policyName: "DAILY" };
  server.faults.push({ kind: "response", status: 429, body: daily });
  await tour.step("read deals (429, daily limit)", async () => {
    const { error } = await hubspot.safe.GET("/crm/v3/objects/deals");
    return { attempts: error?.attempts.length ?? 0, outcome: `${error?.name}: not waited for` };
  });
  return tour.rows;
}
