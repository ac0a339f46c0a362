import type { Attempt, CallFailure } from "@connectry/core";

/** Where a response was read: a page of the vendor, or a test of its own package. */
export interface ResponseSource {
  readonly page?: string;
  /** A repository or a package of npm, and a path: `stripe/stripe-ruby test/test_data.rb`. */
  readonly test?: string;
  /** The day on which it was read: `2026-11-28`. */
  readonly readOn: string;
}

/** What could not be confirmed, and why. Without a `source`, nothing is known. */
export interface Unconfirmed {
  readonly unconfirmed: string;
}

/** A call of the connector. */
export interface ResponseCall {
  /** Method and path template: `GET /v1/charges`. */
  readonly operation: string;
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly body?: unknown;
}

/** A response of the vendor. */
export interface VendorResponse {
  readonly status: number;
  /** By lower-case name. @default `content-type: application/json` */
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. @default no body */
  readonly body?: unknown;
}

/** An error response, and what it means by the vendor's documentation. */
export interface VendorError extends Partial<Unconfirmed> {
  readonly source: ResponseSource;
  readonly call: ResponseCall;
  readonly response: VendorResponse;
  readonly expect: {
    /** The class: `NotFoundError`. */
    readonly error: CallFailure["name"];
    /** Null where the response has none. */
    readonly code: string | null;
    readonly message: string | null;
    readonly requestId: string | null;
    /** The verdicts of a call of at most two attempts, which gets this response each time. */
    readonly attempts: readonly Attempt["verdict"][];
    /** How long the vendor asks to wait before the second attempt. @default any time */
    readonly waitMs?: number;
  };
}

/** A list of at least three pages: the first, those in the middle, and the last. */
export interface VendorPages extends Partial<Unconfirmed> {
  readonly source: ResponseSource;
  readonly call: ResponseCall;
  readonly pages: readonly {
    /** The URL by which the vendor expects it to be requested. */
    readonly request: string;
    /** The JSON by which the vendor expects it to be requested. @default any */
    readonly body?: unknown;
    readonly response: VendorResponse;
  }[];
  /** The member of an item, and its values in all items. */
  readonly items: { readonly member: string; readonly values: readonly unknown[] };
}

/** A delivery that the vendor has signed. */
export interface VendorDelivery extends Partial<Unconfirmed> {
  readonly source: ResponseSource;
  readonly secret: string;
  /** When it was signed, where that is signed, too: ISO 8601. */
  readonly signedAt?: string;
  readonly request: {
    readonly method?: string;
    readonly url?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  /** What is fetched to verify it, by address: the certificate or the key that the provider publishes. A string is a text. */
  readonly fetched?: Readonly<Record<string, unknown>>;
  /** The types of its events; `unknown` where the delivery names none. */
  readonly events: readonly string[];
}

/**
 * Responses of a provider as the vendor publishes them, from its pages or its own packages' tests: what a fake that is made from the same
 * document and profile as the connector cannot tell.
 */
export interface VendorResponses {
  /** A credential in the form of the option `auth`. */
  readonly credential: string | Readonly<Record<string, string>>;
  /** The variables of the account's address, where it has some. */
  readonly variables?: Readonly<Record<string, string>>;
  /** By status: 400, 401, 404, 429, 5xx, and others. */
  readonly errors: Readonly<Record<string, VendorError | Unconfirmed>>;
  /** Lists, one for each way to page. */
  readonly lists: readonly (VendorPages | Unconfirmed)[];
  readonly webhook: VendorDelivery | Unconfirmed;
}

/** Whether something is known of a response. */
export const isConfirmed = <T extends object>(one: T | Unconfirmed): one is T => "source" in one;

const required = ["400", "401", "404", "429", "5xx"];

function sourceProblems(at: string, one: object | undefined): string[] {
  if (one === undefined) return [`${at} is missing: a response of the vendor with its \`source\`, or \`unconfirmed\``];
  const { source, unconfirmed } = one as { readonly source?: ResponseSource; readonly unconfirmed?: string };
  if (source === undefined) {
    const isSaid = unconfirmed !== undefined && unconfirmed.length > 20 && !unconfirmed.startsWith("TODO");
    return isSaid ? [] : [`${at}: \`unconfirmed\` must say what was looked for, and where`];
  }
  const { page, test, readOn } = source;
  return [
    ...(page === undefined && test === undefined ? [`${at}: \`source\` must have a \`page\` or a \`test\``] : []),
    ...(page === undefined || /^https:\/\//.test(page) ? [] : [`${at}: \`page\` must be a URL`]),
    ...(test === undefined || /^@?[\w.-]+\/[\w.@-]+ \S/.test(test)
      ? []
      : [`${at}: \`test\` must be a repository or a package, and a path`]),
    ...(/^\d{4}-\d\d-\d\d$/.test(readOn) ? [] : [`${at}: \`readOn\` must be a day, such as 2026-11-28`]),
  ];
}

/** What a file of responses lacks; an empty list where it is complete. */
export function responseProblems({ errors, lists, webhook }: VendorResponses): readonly string[] {
  const names = new Set([...required, ...Object.keys(errors)]);
  return [
    ...[...names].flatMap((name) => sourceProblems(`errors.${name}`, errors[name])),
    ...(lists.length === 0 ? ["lists is empty: a list with its pages, or `unconfirmed`"] : []),
    ...lists.flatMap((list, index) => [
      ...sourceProblems(`lists.${index}`, list),
      ...(isConfirmed<VendorPages>(list) && list.pages.length < 3
        ? [`lists.${index} must have three pages: the first, one in the middle, and the last`]
        : []),
    ]),
    ...sourceProblems("webhook", webhook),
  ];
}
