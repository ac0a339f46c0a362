import type { ScalarType } from "../graphql/scalar-type.js";
import type { McpOptions } from "./mcp.js";
import type { MockOptions } from "./mock.js";
import type { Command, diffFailures, diffFormats, shells } from "./options.js";

/** A parsed command line. */
export type CommandLine =
  | { readonly kind: "help"; readonly command?: Command }
  | { readonly kind: "completion"; readonly shell: (typeof shells)[number] }
  | { readonly kind: "version" }
  | ({ readonly kind: "pull"; readonly out: string | undefined; readonly record: boolean } & ProviderSelection)
  | ({ readonly kind: "generate" | "check" } & ProviderSelection)
  | ({ readonly kind: "update"; readonly usage: readonly string[]; readonly upstream: boolean } & ProviderSelection)
  | {
      readonly kind: "doctor";
      readonly providers: readonly string[];
      readonly specs: string | undefined;
      readonly offline: boolean;
      readonly json: boolean;
      readonly scopes: readonly string[];
      readonly redis: string | undefined;
      readonly baseUrl: string | undefined;
      readonly environment: string | undefined;
    }
  | ({ readonly kind: "mock" } & MockOptions)
  | ({ readonly kind: "mcp" } & McpOptions)
  | {
      readonly kind: "add";
      readonly name: string;
      readonly spec: string;
      readonly sha256: string | undefined;
      readonly out: string | undefined;
      readonly overlay: string | undefined;
      readonly json: boolean;
    }
  | ({ readonly kind: "graphql" } & GraphqlCommandOptions)
  | ({ readonly kind: "scopes" } & ScopesOptions)
  | {
      readonly kind: "diff";
      readonly old: string;
      readonly new: string;
      readonly specs: string | undefined;
      readonly usage: readonly string[];
      readonly format: (typeof diffFormats)[number];
      readonly failOn: (typeof diffFailures)[number] | undefined;
    };

/** Options of `connectry scopes`. */
export interface ScopesOptions {
  readonly name: string;
  readonly specs: string | undefined;
  /** Glob patterns of the source files whose calls are looked up. */
  readonly usage: readonly string[];
  readonly format: (typeof diffFormats)[number];
}

/** Options of `connectry graphql`. */
export interface GraphqlCommandOptions {
  /** A provider, or a schema. */
  readonly name: string;
  readonly specs: string | undefined;
  /** Glob patterns of the documents. */
  readonly patterns: readonly string[];
  /** The file that is written. */
  readonly out: string;
  readonly watch: boolean;
  /** Whether the schema is asked of the provider. */
  readonly introspect: boolean;
  readonly baseUrl: string | undefined;
  readonly environment: string | undefined;
  readonly scalars: Readonly<Record<string, ScalarType>>;
}

/** Which providers a command processes, and how it prints. */
interface ProviderSelection {
  readonly providers: readonly string[];
  readonly specs: string | undefined;
  readonly json: boolean;
}
