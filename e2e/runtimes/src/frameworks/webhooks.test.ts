import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { consumerEnvironment } from "../../../../scripts/environments.ts";
import { deliver, eventOf, to, webhookSecret } from "./deliver.ts";
import { build, fileOf, start } from "./example.ts";

const env = { ...consumerEnvironment(), STRIPE_SECRET_KEY: "sk_test_runtime", STRIPE_WEBHOOK_SECRET: webhookSecret };
const paid = (id: string) => eventOf(id, "invoice.paid", { id: "in_1", customer_name: "Łódź" });

async function startExample(name: string, program: string) {
  const example = await start([process.execPath, program], { cwd: fileOf(name), env });
  onTestFinished(() => example.stop());
  return example;
}

test("examples/frameworks/nest accepts Stripe's events, and without `rawBody: true` the error names it", async () => {
  await build([fileOf("../../node_modules/.bin/tsc"), "-p", "."], { cwd: fileOf("nest") });
  const right = await startExample("nest", "dist/main.js");
  const url = `${right.url}/webhooks/stripe`;
  expect([await deliver(paid("evt_1"), to(url)), await deliver(paid("evt_2"), to(url), "whsec_wrong")]).toEqual([
    204, 401,
  ]);
  expect(right.output()).toContain("in_1 is paid");

  const copy = fileOf("nest/.cache");
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  await cp(fileOf("nest/dist"), copy, { recursive: true });
  const main = await readFile(`${copy}/main.js`, "utf8");
  expect(main).toContain("rawBody: true");
  await writeFile(`${copy}/main.js`, main.replace("rawBody: true", "rawBody: false"));
  const wrong = await startExample("nest", ".cache/main.js");
  expect(await deliver(paid("evt_3"), to(`${wrong.url}/webhooks/stripe`))).toBe(500);
  await expect
    .poll(wrong.output)
    .toContain("in Nest create the app by NestFactory.create(AppModule, { rawBody: true })");
}, 120_000);

test("examples/frameworks/sveltekit accepts Stripe's events, and names a body that was read before", async () => {
  const copy = fileOf("sveltekit/.cache");
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  await rm(copy, { recursive: true, force: true });
  for (const part of ["src", "package.json", "vite.config.ts"]) {
    await cp(fileOf(`sveltekit/${part}`), `${copy}/${part}`, { recursive: true });
  }
  const route = await readFile(`${copy}/src/routes/webhooks/stripe/+server.ts`, "utf8");
  const mistaken = route.replace("({ request }) =>", "async ({ request }) => (await request.json()) &&");
  expect(mistaken).not.toBe(route);
  await cp(`${copy}/src/routes/webhooks/stripe`, `${copy}/src/routes/parsed`, { recursive: true });
  await writeFile(`${copy}/src/routes/parsed/+server.ts`, mistaken);
  await build([process.execPath, fileOf("node_modules/vite/bin/vite.js"), "build"], { cwd: copy });
  const { url, output } = await startExample("sveltekit/.cache", "dist/index.js");
  const statuses = [
    await deliver(paid("evt_1"), to(`${url}/webhooks/stripe`)),
    await deliver(paid("evt_2"), to(`${url}/webhooks/stripe`), "whsec_wrong"),
    await deliver(paid("evt_3"), to(`${url}/parsed`)),
  ];
  expect(statuses).toEqual([204, 401, 500]);
  expect(output()).toContain("in_1 is paid");
  await expect.poll(output).toContain("Call the handler before anything that reads the body, such as request.json()");
}, 120_000);
