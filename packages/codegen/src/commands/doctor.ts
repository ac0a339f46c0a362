import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkCredential } from "../doctor/check-credential.js";
import { checkDocuments } from "../doctor/check-document.js";
import { checkOauthFacts } from "../doctor/check-oauth-facts.js";
import { checkRedis } from "../doctor/check-redis.js";
import { checkNode, checkPackages } from "../doctor/check-runtime.js";
import { checkWebhookSecret } from "../doctor/check-webhook-secret.js";
import { draftRead } from "../doctor/draft-read.js";
import type { Finding } from "../doctor/finding.js";
import { CodegenError } from "../errors/codegen-error.js";
import { loadNpmSettings, type NpmSettings } from "../source/npm-settings.js";
import { runStep } from "../source/progress.js";
import { findSpecsFolder, listProviders } from "../spec/find-specs.js";
import { pinsOf } from "../spec/provider-spec.js";
import { findPackage, selectSpecs } from "../spec/select-specs.js";
import type { CommandContext } from "./command-context.js";
import { loadConnector, type Target } from "./load-connector.js";
import { packageFor } from "./mock-source.js";

/** Options of `connectry doctor`. */
export interface DoctorOptions {
  /** Names of providers; empty for all connectors that the project depends on, or else all of specs/. */
  readonly providers: readonly string[];
  readonly specs?: string | undefined;
  /** Sends nothing to providers and registries. */
  readonly offline: boolean;
  /** Scopes that the credential must have. */
  readonly scopes: readonly string[];
  /** @default REDIS_URL */
  readonly redis?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly environment?: string | undefined;
}

/** A finding, and the provider that it is about. */
interface Reported extends Finding {
  readonly provider?: string;
}

/**
 * Checks whether a project can call its providers, and prints what it found. Changes nothing, but for one key in Redis that expires
 * within a second.
 * @throws CodegenError after an error was found, so that the exit code is 1, and for providers that do not exist.
 */
export async function doctor(options: DoctorOptions, context: CommandContext): Promise<void> {
  const { cwd, env } = context;
  const names = await namesOf(options, cwd);
  const redis = options.redis ?? env.REDIS_URL;
  const found: Reported[] = [await checkNode(cwd)];
  found.push(
    redis ? await checkRedis(redis, cwd) : { check: "redis", level: "skipped", message: "REDIS_URL is not set" },
  );
  context.progress.expect(names.length);
  for (const name of names) {
    const [spec] = await selectSpecs([name], { cwd, specs: options.specs });
    if (spec === undefined) continue;
    // A package of this name may be another than the provider of specs/: `stripe` is Stripe's own.
    const folder = findPackage(name, cwd);
    const isPackage = folder !== undefined && spec.folder === join(folder, "spec");
    const target = { name, folder: isPackage ? folder : undefined, spec };
    const findings = await runStep(context.progress, `checking ${spec.provider}`, () =>
      examine(target, options, context),
    );
    found.push(...findings.map((finding) => ({ provider: spec.provider, ...finding })));
  }
  const errors = found.filter(({ level }) => level === "error").length;
  context.result([...linesOf(found)].join("\n"), { ok: errors === 0, findings: found });
  if (errors > 0) throw new CodegenError(`${errors} of ${found.length} checks failed.`);
}

async function namesOf({ providers, specs }: DoctorOptions, cwd: string): Promise<readonly string[]> {
  if (providers.length > 0) return providers.map((name) => packageFor(name, specs, cwd));
  const text = await readFile(join(cwd, "package.json"), "utf8").catch(() => "{}");
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, Record<string, string>>;
  const installed = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
    existsSync(join(findPackage(name, cwd) ?? "", "spec", "spec.yaml")),
  );
  if (installed.length > 0 && specs === undefined) return installed;
  const folder = specs ?? findSpecsFolder(cwd);
  if (folder !== undefined) return listProviders(folder);
  throw new CodegenError(
    "No connector found: package.json names none that is installed, and there is no specs folder.",
    ["Name one: connectry doctor @connectry/stripe"],
  );
}

/** Runs all checks of one provider. A check that throws is a finding. */
async function examine(target: Target, options: DoctorOptions, context: CommandContext): Promise<readonly Finding[]> {
  const { cwd, env } = context;
  const { name, folder, spec } = target;
  const { doctor: facts = {} } = spec;
  let settings: Promise<NpmSettings> | undefined;
  const npmSettings = () => {
    settings ??= loadNpmSettings(env, cwd);
    return settings;
  };
  const credential = async () => {
    const create = await loadConnector(target, context);
    const read = facts.read ?? (await draftRead(name, cwd));
    const { body, scopes } = facts;
    const { scopes: required, baseUrl, environment } = options;
    const client = { baseUrl, environment };
    return checkCredential({ create, provider: spec.provider, read, body, scopes, required, client, now: Date.now });
  };
  const advice = folder === undefined ? `Run \`connectry update ${spec.provider}\`.` : `Install a newer ${name}.`;
  const offline = (check: string): Finding => ({ check, level: "skipped", message: "not looked at: --offline" });
  const checks: Readonly<Record<string, () => Promise<readonly Finding[]>>> = {
    packages: async () => (folder === undefined ? [] : [await checkPackages(name, folder, cwd)]),
    credential: async () => (options.offline ? [offline("credential")] : credential()),
    "webhook secret": async () => checkWebhookSecret(facts.webhookSecret, env),
    document: async () =>
      options.offline
        ? [offline("document")]
        : checkDocuments(pinsOf(spec), advice, {
            upstream: false,
            progress: context.progress,
            npmSettings,
            nowMs: Date.now(),
          }),
    "oauth facts": async () => (folder === undefined ? [] : checkOauthFacts(name, cwd, Date.now())),
  };
  const found: Finding[] = [];
  for (const [check, run] of Object.entries(checks)) {
    found.push(...(await run().catch((error: Error) => [{ check, level: "error" as const, message: error.message }])));
  }
  return found;
}

function* linesOf(found: readonly Reported[]): Generator<string> {
  let before: string | undefined;
  for (const { provider, check, level, message, advice } of found) {
    if (provider !== before) yield `\n${provider}`;
    before = provider;
    yield `  ${level.padEnd(8)} ${check.padEnd(14)} ${message}`;
    if (advice !== undefined && level !== "ok") yield `${" ".repeat(26)}${advice}`;
  }
}
