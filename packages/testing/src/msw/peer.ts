/** What this entry needs and does not install. */
export const peer = { name: "msw", entry: "@connectry/testing/msw" };
