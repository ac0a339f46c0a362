/** The types with which a client uses a generated index, for programs that are compiled with generated code. */
export const TYPE_CLIENT = `
type Field<E, K extends string> = E[K & keyof E];
type Args<E> = Field<E, "args"> extends infer T extends unknown[] ? T : never;
interface Index { GET: object; POST: object; PUT: object; PATCH: object; DELETE: object; HEAD: object; OPTIONS: object; pages: object }
type Method = Exclude<keyof Index, "pages">;
export interface Result<D> { readonly data: D }
export type SafeResult<D, X> = { readonly data: D; readonly error?: undefined } | { readonly data?: undefined; readonly error: X };
export interface Client<E extends Index> {
  GET<P extends keyof E["GET"]>(path: P, ...args: Args<E["GET"][P]>): Promise<Result<Field<E["GET"][P], "data">>>;
  POST<P extends keyof E["POST"]>(path: P, ...args: Args<E["POST"][P]>): Promise<Result<Field<E["POST"][P], "data">>>;
  PUT<P extends keyof E["PUT"]>(path: P, ...args: Args<E["PUT"][P]>): Promise<Result<Field<E["PUT"][P], "data">>>;
  DELETE<P extends keyof E["DELETE"]>(path: P, ...args: Args<E["DELETE"][P]>): Promise<Result<Field<E["DELETE"][P], "data">>>;
  HEAD<P extends keyof E["HEAD"]>(path: P, ...args: Args<E["HEAD"][P]>): Promise<Result<Field<E["HEAD"][P], "data">>>;
  call<M extends Method, P extends keyof E[M]>(operation: { readonly method: M; readonly path: P }, ...args: Args<E[M][P]>): Promise<Result<Field<E[M][P], "data">>>;
  paginate<P extends keyof E["pages"]>(path: P, ...args: Args<E["pages"][P]>): AsyncIterable<Field<E["pages"][P], "item">>;
  readonly safe: {
    GET<P extends keyof E["GET"]>(path: P, ...args: Args<E["GET"][P]>): Promise<SafeResult<Field<E["GET"][P], "data">, Field<E["GET"][P], "error">>>;
  };
}
`;
