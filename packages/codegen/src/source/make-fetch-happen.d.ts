// make-fetch-happen has no types of its own. These cover what url-source.ts uses.
declare module "make-fetch-happen" {
  interface Response {
    readonly status: number;
    readonly headers: { get(name: string): string | null };
    readonly body: AsyncIterable<Uint8Array | string> | null;
  }
  function fetch(url: string, options: Readonly<Record<string, unknown>>): Promise<Response>;
  export = fetch;
}
