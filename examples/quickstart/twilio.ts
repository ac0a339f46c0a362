import { fakeProvider } from "@connectry/testing";
import { createTwilio, facts, profile } from "@connectry/twilio";
import { metrics } from "./metrics.ts";
import { type Row, readDocuments, startTour } from "./tour.ts";

/** A call without its account parameter, and a message whose response is lost. */
export async function tourTwilio(): Promise<readonly Row[]> {
  await using server = await fakeProvider({ document: await readDocuments("twilio"), profile, facts });
  const auth = { accountSid: `AC${"0".repeat(32)}`, authToken: "quickstart" };
  const twilio = createTwilio({ auth, baseUrl: server.url, observe: metrics });
  const tour = startTour("Twilio");
  const messages = "/2010-04-01/Accounts/{AccountSid}/Messages.json";
  const body = { To: "+15558675310", From: "+15017122661", Body: "Deployed." };

  await tour.step("send a message", async () => {
    const { data: message, response } = await twilio.POST(messages, { body });
    return { attempts: response.attempts.length, outcome: `status ${message.status}` };
  });

  server.faults.push({ kind: "reset", after: "request" });
  await tour.step("send a message (response lost)", async () => {
    const { error } = await twilio.safe.POST(messages, { body });
    return { attempts: error?.attempts.length ?? 0, outcome: `${error?.name}: not sent again` };
  });
  return tour.rows;
}
