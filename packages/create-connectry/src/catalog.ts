/** What a project needs to know of a provider. */
export interface Provider {
  readonly id: string;
  /** `Stripe`, as people write it. */
  readonly name: string;
  /** `@connectry/stripe`. */
  readonly packageName: string;
  /** The function that creates its client: `createStripe`. */
  readonly create: string;
  /** `Stripe`, in the names of the project's functions. */
  readonly pascalName: string;
  /** Which part of the provider's API the connector covers. */
  readonly covers: string;
  /** The environment variables of its credential. */
  readonly env: readonly string[];
  /** A made-up credential, in the form of the option `auth`. */
  readonly auth: string | Readonly<Record<string, string>>;
  /** Options of the client that name the account's host, such as `shop`, in its default environment. */
  readonly hostOptions: readonly string[];
  /** A read that changes nothing: a path, and its parameters where it needs some. */
  readonly read:
    | {
        readonly kind: "rest";
        readonly path: string;
        readonly params?: object;
        /** Of a read that is a POST. */
        readonly body?: object;
      }
    | { readonly kind: "graphql"; readonly path: string };
  /** How its webhooks are received; undefined where the connector has none. */
  readonly webhook?: ProviderWebhook;
}

/** What a project needs to know of a provider's webhooks. */
export interface ProviderWebhook {
  /** The environment variable of the secret. */
  readonly env: string;
  /** Its deliveries are verified with keys that are fetched from it, by the package `jose`: tests have none that is accepted. */
  readonly fetchesKeys?: true;
  /** A delivery as the vendor publishes it. Tests sign it again, unless its secret is a public key: then they have its signature. */
  readonly sample: {
    readonly secret: string;
    readonly headers: Readonly<Record<string, string>>;
    /** The headers of the vendor's own signature, where nobody else can sign. */
    readonly signature?: Readonly<Record<string, string>>;
    /** The signature in the body, where that has it. */
    readonly bodySignature?: string;
    readonly body: string;
  };
}

/** What is read from this repository when the package is built. */
export interface Catalog {
  readonly providers: readonly Provider[];
  /** The versions of packages that the tests of Connectry run with: `hono` to `^4.0.0`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Actions of GitHub by their names, pinned by commit: `actions/checkout@<commit> # v7.0.1`. */
  readonly actions: Readonly<Record<string, string>>;
}
