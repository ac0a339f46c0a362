// The table of webhook schemes, from the schemes themselves.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SignedPart, WebhookScheme } from "../../../packages/core/src/webhooks/scheme/webhook-scheme.ts";
import { root } from "../repository.ts";

interface ShownScheme {
  readonly exportName: string;
  readonly scheme: WebhookScheme;
  readonly source: string | undefined;
}

/** Every scheme of core that is data, with the vendor's page that its comment names. */
export async function readSchemes(): Promise<ShownScheme[]> {
  const found: ShownScheme[] = [];
  for (const file of globSync("packages/core/src/webhooks/schemes/*.ts", { cwd: root }).sort()) {
    if (file.endsWith(".test.ts")) continue;
    const module: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href);
    const [source] = /https:\/\/[^\s)*]+/.exec(readFileSync(join(root, file), "utf8")) ?? [];
    for (const [exportName, value] of Object.entries(module))
      if (isScheme(value)) found.push({ exportName, scheme: value, source: source?.replace(/[.,]$/, "") });
  }
  return found;
}

const isScheme = (value: unknown): value is WebhookScheme =>
  typeof value === "object" && value !== null && "id" in value && "secret" in value && "signature" in value;

const partText = (part: SignedPart): string => {
  if (typeof part === "string") return part;
  if ("text" in part) return `"${part.text.replace(/\n/g, "\\n").replace(/\|/g, "\\|")}"`;
  if ("compute" in part) return "what it computes";
  return "body" in part ? "a field of the body" : "a header";
};

/** The Markdown of a table of schemes. */
export function schemesTable(schemes: readonly ShownScheme[]): string {
  const rows = schemes.map(({ exportName, scheme, source }) => {
    const {
      name,
      signature,
      signed = [],
      timestamp,
      secret,
    } = scheme as WebhookScheme & { signed?: readonly SignedPart[] };
    const place = "header" in signature ? `header \`${signature.header}\`` : `${signature.in}`;
    const time =
      timestamp === undefined
        ? "none"
        : "toleranceMs" in timestamp && timestamp.toleranceMs !== undefined
          ? `${Number(timestamp.toleranceMs) / 60_000} min`
          : "set `toleranceMs`";
    const page = source === undefined ? name : `[${name}](${source})`;
    return `| \`${exportName}\` | ${page} | ${place} | ${signed.map(partText).join(" + ") || "see below"} | ${time} | ${secret.replace(/\|/g, "\\|")} |`;
  });
  return `| scheme | provider | signature | signs | age that is accepted | secret |\n|---|---|---|---|---|---|\n${rows.join("\n")}\n`;
}
