import { createSlack, facts, profile } from "@connectry/slack";
import { fakeProvider } from "@connectry/testing";
import { metrics } from "./metrics.ts";
import { type Row, readDocuments, startTour } from "./tour.ts";

/** Blocks as JSON in a form, and a failure that is reported in a 200. */
export async function tourSlack(): Promise<readonly Row[]> {
  await using server = await fakeProvider({ document: await readDocuments("slack"), profile, facts });
  const slack = createSlack({ auth: "xoxb-quickstart", baseUrl: server.url, observe: metrics });
  const tour = startTour("Slack");

  await tour.step("post a message with blocks", async () => {
    const { response } = await slack.POST("/chat.postMessage", {
      body: { channel: "C0123456789", text: "Deployed.", blocks: [{ type: "divider" }] },
    });
    return { attempts: response.attempts.length, outcome: "posted" };
  });

  server.faults.push({ kind: "response", status: 200, body: { ok: false, error: "channel_not_found" } });
  await tour.step("post to a channel that does not exist (200)", async () => {
    const { error } = await slack.safe.POST("/chat.postMessage", { body: { channel: "C0", text: "Deployed." } });
    return { attempts: error?.attempts.length ?? 0, outcome: `${error?.name}: channel_not_found` };
  });
  return tour.rows;
}
