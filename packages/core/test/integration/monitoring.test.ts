import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { instantClock } from "@connectry/testing";
import { expect, onTestFinished, test } from "vitest";
import { tieredCache } from "../../src/cache/index.js";
import { telemetry } from "../../src/telemetry/index.js";
import { signWebhook, stripe } from "../../src/webhooks/index.js";
import { createAcme } from "../acme.js";
import { promtool } from "../promtool.js";
import { stubFetch } from "../stub-fetch.js";
import { harness, paid, secret } from "../webhooks/harness.js";

const folder = fileURLToPath(new URL("../../monitoring", import.meta.url));
const rules = join(folder, "connectry-rules.yaml");

interface Target {
  readonly expr: string;
  readonly refId: string;
}
interface Dashboard {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly __inputs: readonly { readonly name: string; readonly pluginId: string }[];
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: Readonly<Record<"h" | "w" | "x" | "y", number>>;
    readonly targets: readonly Target[];
  }[];
}

const dashboard = JSON.parse(await readFile(join(folder, "connectry-grafana.json"), "utf8")) as Dashboard;

/** The names of all metrics that are exposed, as promtool's queries use them. */
async function exposedMetrics(): Promise<ReadonlySet<string>> {
  const clock = instantClock();
  const metrics = telemetry({ clock });
  const headers = { "x-limit": "9", "x-left": "7", "x-reset": "30" };
  const { fetch } = stubFetch((_, count) => Response.json({}, { status: count % 2 ? 200 : 500, headers }));
  const client = createAcme(
    { fetch, clock, observe: metrics, cache: tieredCache() },
    {
      rateLimits: [{ bucket: "default", limit: 100, perMs: 1_000 }],
      rateLimitHeaders: { limit: "x-limit", remaining: "x-left", reset: { name: "x-reset", unit: "seconds" } },
    },
  );
  for (let count = 0; count < 3; count += 1) await client.safe.GET("/things", { cache: { tags: ["t"] } });
  const { handler } = harness(stripe, { observe: metrics });
  await handler(await signWebhook(stripe, paid, { secret }));
  return new Set(metrics.prometheus().match(/^connectry_\w+/gm));
}

const namesIn = (text: string) => new Set(text.match(/\bconnectry_\w+/g));

/** Checks expressions as a file of rules. */
async function checkExpressions(expressions: readonly string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "connectry-rules-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "rules.yaml");
  const list = expressions.map((expr, index) => ({ record: `checked:${index}`, expr }));
  await writeFile(file, JSON.stringify({ groups: [{ name: "checked", rules: list }] }));
  return promtool(["check", "rules", file]);
}

test("the rules are accepted by `promtool check rules`, and name only metrics that are exposed", async () => {
  expect(promtool(["check", "rules", rules])).toBe("");
  const exposed = await exposedMetrics();
  const named = namesIn((await readFile(rules, "utf8")).replaceAll("connectry_core", ""));
  expect([...named].filter((name) => !exposed.has(name))).toEqual([]);
});

test("an error rate above its threshold fires the alert, by `promtool test rules`", async () => {
  const directory = await mkdtemp(join(tmpdir(), "connectry-rules-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "test.yaml");
  const series = (outcome: string, values: string) => ({
    series: `connectry_client_calls_total{provider="acme",operation="GET /things",outcome="${outcome}"}`,
    values,
  });
  const alertsOf = (failures: string) => ({
    interval: "1m",
    input_series: [series("success", "0+90x20"), series("InternalServerError", failures)],
    alert_rule_test: [
      {
        eval_time: "15m",
        alertname: "ConnectryCallsFail",
        exp_alerts: failures.includes("+10x")
          ? [
              {
                exp_labels: { severity: "warning", provider: "acme" },
                exp_annotations: { summary: "10% of the calls of acme fail" },
              },
            ]
          : [],
      },
    ],
  });
  await writeFile(file, JSON.stringify({ rule_files: [rules], tests: [alertsOf("0+10x20"), alertsOf("0+1x20")] }));
  expect(promtool(["test", "rules", file])).toBe("");
});

test("the Grafana dashboard has one source, panels that do not overlap, and queries that Prometheus accepts", async () => {
  const { title, uid, schemaVersion, panels, __inputs } = dashboard;
  expect([title, uid, __inputs.map(({ pluginId }) => pluginId)]).toEqual(["Connectry", "connectry", ["prometheus"]]);
  expect(schemaVersion).toBeGreaterThanOrEqual(36);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
  const targets = panels.flatMap((panel) => panel.targets);
  expect(targets.length).toBeGreaterThan(panels.length - 1);
  // What Grafana puts in their place.
  const expressions = targets.map(({ expr }) =>
    expr.replaceAll("$__rate_interval", "1m").replaceAll("$provider", ".*"),
  );
  expect(await checkExpressions(expressions)).toBe("");
  expect(await checkExpressions([`${expressions[0]})`])).not.toBe("");
  const exposed = await exposedMetrics();
  expect([...namesIn(expressions.join(" "))].filter((name) => !exposed.has(name))).toEqual([]);
});
