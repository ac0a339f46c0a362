import { baseUrlOf, type Caller } from "./caller.ts";
import { stubFetch } from "./payload.ts";

/** The baseline of all comparisons: `fetch` and `json()`, and nothing else. */
export const bareFetch: Caller = {
  stubbed: "a function in place of `fetch`",
  async prepare(target) {
    const send = target.kind === "stub" ? stubFetch : fetch;
    const url = `${baseUrlOf(target)}/v1/customers/cus_1`;
    return async () => (await send(url, { headers: { authorization: "Bearer sk_test_1" } })).json();
  },
};
