import type { Drafted, DraftInput } from "./draft.js";

// A part of the account that the request is for: `xero-tenant-id`, `OpenAI-Project`, `Stripe-Account`, `as-user`, `on-behalf-of`.
const TENANT =
  /(^|-)(tenant|account|organi[sz]ation|org|project|workspace|company|subaccount|team)(-?id)?$|^(x-)?(as-(user|member)|on-behalf-of)$/i;

/** The header parameters that name a part of the account: the field `tenantHeaders` of a profile. */
export function readTenantHeaders({ operations }: DraftInput): Drafted<readonly string[]> | undefined {
  const names = operations.flatMap(({ parameters }) =>
    parameters
      .filter(({ place, name }) => place === "header" && TENANT.test(name))
      .map(({ name }) => name.toLowerCase()),
  );
  const value = [...new Set(names)].sort();
  if (value.length === 0) return undefined;
  return { value, todos: ["keep those of these headers whose values have rate limits of their own."] };
}
