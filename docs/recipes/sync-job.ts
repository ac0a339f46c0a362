import type { PageCursor } from "@connectry/core";
import type { createStripe } from "@connectry/stripe";

/** What keeps the cursor between runs, and the copies. */
export interface Store {
  readCursor(): Promise<PageCursor | undefined>;
  savePage(customers: readonly { id: string }[], cursor: PageCursor | undefined): Promise<void>;
}

/** Copies all customers. Started again after it was killed, it goes on after the last page that was saved. */
export async function syncCustomers(stripe: ReturnType<typeof createStripe>, store: Store): Promise<number> {
  const startFrom = await store.readCursor();
  let count = 0;
  const customers = stripe.paginate("/v1/customers", {
    params: { query: { limit: 10 } },
    ...(startFrom !== undefined && { startFrom }),
  });
  for await (const { items, cursor } of customers.pages()) {
    await store.savePage(items, cursor);
    count += items.length;
  }
  return count;
}
