import { createStripe } from "@connectry/stripe";

/** One client for each account, created when it is first needed. */
export function createBilling(options: {
  readonly baseUrl?: string;
  readonly keyOf: (account: string) => Promise<string>;
}) {
  const clients = new Map<string, ReturnType<typeof createStripe>>();
  const clientOf = (account: string) => {
    const known = clients.get(account);
    if (known !== undefined) return known;
    // The id, not the key, is what limits and caches are kept by: a rotated key keeps them.
    const auth = { id: account, get: () => options.keyOf(account) };
    const created = createStripe({ auth, ...(options.baseUrl && { baseUrl: options.baseUrl }) });
    clients.set(account, created);
    return created;
  };
  return {
    /** `user` cannot crowd out other users of the same account. */
    async invoice(account: string, { user, customer }: { readonly user: string; readonly customer: string }) {
      const { data } = await clientOf(account).POST("/v1/invoices", { body: { customer }, fairnessKey: user });
      return data.id;
    },
  };
}
