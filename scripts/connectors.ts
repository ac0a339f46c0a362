// The one list of connectors: the folders of packages/connectors, each with a connector.json. What is checked, measured, packed, shown
// and called for every connector reads it, so that a new one touches its own folder and specs/ alone.
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** What connector.json says. */
export interface ConnectorListing {
  /** Under which heading of the README's table it is: `Payments`. */
  readonly category: string;
  /** Which part of the provider's API its documents cover. */
  readonly covers: string;
  /** The vendor's reference of the API. */
  readonly reference: string;
  /** Budgets of its tarball and of the unpacked files, which mostly come from its documents. */
  readonly mostKilobytes: { readonly tarball: number; readonly unpacked: number };
  /** How many bytes its own facts may add to the bundle of a program of one call. @default 0 */
  readonly moreBundleBytes?: number;
  /** Entries that only this connector has, which cost the programs that do not import them nothing. @default none */
  readonly ownEntries?: Readonly<Record<string, "code" | "types">>;
}

/** A connector of a workspace. */
export interface Connector extends ConnectorListing {
  readonly id: string;
  /** `@connectry/stripe`. */
  readonly packageName: string;
  /** Relative to the workspace: `packages/connectors/stripe`. */
  readonly folder: string;
  /** `createStripe`. */
  readonly create: string;
}

/**
 * The connectors of a workspace, by name.
 * @throws Error if one has no complete connector.json.
 */
export function readConnectors(workspace: string): Connector[] {
  return globSync("packages/connectors/*/package.json", { cwd: workspace })
    .map((file) => {
      const folder = dirname(file);
      const id = basename(folder);
      const listing = readListing(join(workspace, folder, "connector.json"));
      return { ...listing, id, packageName: `@connectry/${id}`, folder, create: `create${pascalCase(id)}` };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** `Stripe` of `stripe`, `GoogleAnalytics` of `google-analytics`. */
export function pascalCase(id: string): string {
  return id.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function readListing(file: string): ConnectorListing {
  const { category, covers, reference, mostKilobytes, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  const isSaid = (text: unknown) => typeof text === "string" && !text.startsWith("TODO");
  const isComplete =
    [category, covers, reference].every(isSaid) && mostKilobytes?.tarball > 0 && mostKilobytes?.unpacked > 0;
  if (!isComplete)
    throw new Error(
      `Complete ${file}: "category", "covers", "reference", and "mostKilobytes" with "tarball" and "unpacked".`,
    );
  return { category, covers, reference, mostKilobytes, ...rest };
}
