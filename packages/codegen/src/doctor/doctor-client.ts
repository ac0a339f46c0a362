/** What a call that returns its errors resolves to, as far as it is read here. */
export interface SafeResult {
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly status?: number;
    readonly headers?: Headers;
  };
  readonly response?: { readonly headers: Headers } | undefined;
}

/** A client, as far as it is used here. */
export interface DoctorClient {
  readonly safe: {
    GET(path: string): Promise<SafeResult>;
    POST(path: string, init: { readonly body: unknown }): Promise<SafeResult>;
  };
}

/** Creates a client whose credential is that of the environment. */
export type CreateClient = (options: Readonly<Record<string, unknown>>) => DoctorClient;
