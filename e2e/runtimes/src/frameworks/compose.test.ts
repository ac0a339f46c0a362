// Without a Docker daemon: the compose file is read, and what its containers run is run here, with its variables.
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDocuments } from "@connectry/codegen";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { consumerEnvironment } from "../../../../scripts/environments.ts";
import { build, fileOf, start } from "./example.ts";

interface Service {
  readonly build: { readonly context: string; readonly target: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const { parse } = createRequire(fileOf("package.json"))("yaml") as { parse(text: string): unknown };
const dockerfile = () => readFile(fileOf("docker/Dockerfile"), "utf8");
let services: { readonly app: Service; readonly "stripe-mock": Service };

beforeAll(async () => {
  ({ services } = parse(await readFile(fileOf("docker/compose.yaml"), "utf8")) as { services: typeof services });
});

/** The command of a stage of the Dockerfile. */
async function commandOf({ build: { target } }: Service): Promise<readonly [string, ...string[]]> {
  const stage = (await dockerfile()).split(/^FROM /m).find((text) => text.split("\n")[0]?.endsWith(` AS ${target}`));
  const [, command] = /^CMD (\[.*\])$/m.exec(stage ?? "") ?? [];
  return JSON.parse(command ?? "") as [string, ...string[]];
}

test("the compose file builds stages of the Dockerfile, which copies files of the example", async () => {
  expect(Object.keys(services)).toEqual(["stripe-mock", "app"]);
  for (const service of Object.values(services)) {
    expect(service.build.context).toBe(".");
    expect((await commandOf(service))[0]).toBe("node");
  }
  const copied = [...(await dockerfile()).matchAll(/^COPY (\S+) /gm)].map(([, file]) => file);
  expect(copied).toEqual(["package.json", "mock-host.ts", "server.ts"]);
  for (const file of copied) await access(fileOf(`docker/${file}`));
});

test("the app waits for the mock, calls it by its name, and nothing else is published", () => {
  const { app, "stripe-mock": mock } = services;
  expect(app.depends_on).toEqual({ "stripe-mock": { condition: "service_healthy" } });
  expect(app.environment.STRIPE_BASE_URL).toBe(`http://stripe-mock:${mock.environment.PORT}`);
  expect([app.ports, mock.ports]).toEqual([[`127.0.0.1:3000:${app.environment.PORT}`], undefined]);
});

test("the mock host is healthy, rejects another key, and the app creates and reads customers at it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "connectry-compose-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const DOCUMENT = join(folder, "stripe.json");
  await writeFile(DOCUMENT, JSON.stringify((await loadDocuments("stripe"))[0]?.json));
  const cwd = fileOf("docker");
  const { app, "stripe-mock": mock } = services;
  const run = async (service: Service, more: Record<string, string>) => {
    const [, ...args] = await commandOf(service);
    const running = await start([process.execPath, ...args], {
      cwd,
      env: { ...consumerEnvironment(), ...service.environment, ...more },
    });
    onTestFinished(() => running.stop());
    return running;
  };
  const host = await run(mock, { DOCUMENT });

  const [, , ...args] = mock.healthcheck?.test ?? [];
  const checked = (url: string) => args.map((arg) => arg.replace(`http://127.0.0.1:${mock.environment.PORT}`, url));
  await build([process.execPath, ...checked(host.url)], { cwd });
  await expect(build([process.execPath, ...checked("http://127.0.0.1:9")], { cwd })).rejects.toThrow();
  expect((await fetch(`${host.url}/v1/balance`, { headers: { authorization: "Bearer sk_other" } })).status).toBe(401);

  const { url } = await run(app, { STRIPE_BASE_URL: host.url });
  const created = await fetch(`${url}/customers`, {
    method: "POST",
    body: JSON.stringify({ email: "ada@example.com" }),
  });
  const customer = (await created.json()) as { id: string; email: string };
  expect([created.status, customer.email]).toEqual([201, "ada@example.com"]);
  expect(await (await fetch(`${url}/customers/${customer.id}`)).json()).toMatchObject(customer);
}, 120_000);
