// The types of a call by its path. A program stays cheap to check, because they index the operation that is called and compute
// nothing over all operations. Similar forms cost twenty times as much: measure (scripts/checks/instantiations.test.ts) before
// a change.

/** A member of an index's entry; never where the entry lacks it. */
export type Field<E, K extends string> = E[K & keyof E];

/** The arguments after the path: those of the operation, of which `map` is the index. */
export type Args<E, P extends keyof E> = keyof E extends P ? ArgsOfAny<E, P> : ArgsOf<E[P]>;

/**
 * A path with its arguments, as the rest parameter of a method. TypeScript suggests the nearest of many strings only for an element
 * of a tuple, and not for a parameter of its own: "Did you mean '/v1/customers'?".
 */
export type PathCall<E, P extends keyof E> = [path: P, ...args: Args<E, P>];

/** The arguments of one operation, of which `E` is the entry in an index. */
export type ArgsOf<E> = Field<E, "args"> extends infer T extends unknown[] ? T : never;

// A wrong path and one that is being typed stand for all paths. Their arguments would be those of all operations, and the error
// as long, so they are any: two tuples, because TypeScript compares one alone parameter by parameter.
type ArgsOfAny<E, P extends keyof E> = IsUnion<P> extends true ? [] | [init: object] : ArgsOf<E[P]>;
type IsUnion<P, All = P> = P extends unknown ? ([All] extends [P] ? false : true) : never;
