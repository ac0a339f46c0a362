import { expect, test } from "vitest";
import { fakeProvider } from "../../src/provider/fake-provider.js";
import { bestOfMs } from "../elapsed.js";
import { document, profile, serveStripe } from "../stripe-server.js";

serveStripe();

test("a fake provider of a 6 MB document starts within 300 ms more than it takes to clone the document", async () => {
  const controlMs = await bestOfMs(() => structuredClone(document));
  const startMs = await bestOfMs(async () => {
    await using server = await fakeProvider({ document: structuredClone(document), profile });
    expect(server.url).toBeTruthy();
  });
  expect(startMs).toBeLessThan(300 + controlMs);
});
