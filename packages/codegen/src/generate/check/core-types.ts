import { STRATEGY_NAMES } from "../write/write-strategies.js";

/**
 * What generated files import of @connectry/core, for checking them where it is not installed: the generator depends on
 * none of our packages. `connector/profile.ts` of core has the full forms.
 */
export const CORE_TYPES = `
export interface CallOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  deadlineMs?: number;
}
export interface PaginateOptions extends CallOptions {
  maxPages?: number;
}
type BodyForm = "json" | "form-brackets" | "form-repeat" | "form-json" | "multipart" | "raw";
type QueryStyle = "repeat" | "comma" | "space" | "pipe" | "brackets" | "json";
export interface OperationFacts {
  readonly server?: string;
  readonly body?: BodyForm;
  readonly query?: Readonly<Record<string, QueryStyle>>;
  readonly multiSegment?: readonly string[];
  readonly safety?: "safe" | "idempotent" | "keyed" | "unsafe";
  readonly bucket?: string;
}
export interface PageFacts {
  readonly method?: string;
  readonly style?: number;
  readonly items?: readonly (string | number)[];
}
export interface ProviderFacts {
  readonly version: string;
  readonly multiSegment?: readonly string[];
  readonly servers?: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, OperationFacts>>;
  readonly pages: Readonly<Record<string, PageFacts>>;
}
export type Strategies = Readonly<Record<string, unknown>>;
${STRATEGY_NAMES.map((name) => `export declare const ${name}: unknown;\n`).join("")}`;
