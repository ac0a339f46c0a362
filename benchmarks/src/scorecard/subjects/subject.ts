import type { PageFormat } from "../server/pages.ts";

/** What a client is told when it is made for one fault. */
export interface Target {
  /** The address of the server, without a slash at its end. */
  readonly url: string;
  /** The credential. */
  readonly secret: string;
  /** Gives a new credential, where the fault is that the first one has expired. */
  readonly refresh: (() => Promise<string>) | undefined;
  /** The port of a Redis that is to have the limits. */
  readonly redisPort: number | undefined;
}

/** What a call is given. */
export interface CallInit {
  readonly signal?: AbortSignal;
  /** Names the object that is read. */
  readonly name?: string;
}

/** A client, ready to call. A call resolves to the id of the object, or to whatever came in its place. */
export interface Client {
  read(init: CallInit): Promise<unknown>;
  write(init: CallInit): Promise<unknown>;
  /** The ids of all items of a list. */
  list?(): AsyncIterable<unknown>;
  /** Opens a body and does not read it. */
  openStream?(): Promise<unknown>;
}

/** What a client may lack. A fault that needs it is not run with it. */
export type Ability = "abort" | "list" | "refresh" | "stream" | "redis" | "quota";

/** A client as data, and the one function that makes it. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly group: "ours" | "providers" | "http";
  /** How it is set, where it is not by its defaults. */
  readonly settings: string;
  /** The page that recommends these settings, or describes its options. */
  readonly page: string;
  readonly can: readonly Ability[];
  /** What names an operation in its errors: a part of its path, or its name. */
  readonly operations: readonly string[];
  /** What a page of its lists looks like. */
  readonly pages?: PageFormat;
  /** The request header by whose value the provider deduplicates writes. */
  readonly idempotencyHeader?: string;
  /** What is found in a program of its own process, and imported there. */
  open(target: Target): Promise<Client>;
}
