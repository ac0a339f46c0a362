/** Keeps a platform from ending before a promise settles: `waitUntil` of Cloudflare Workers and Vercel, `after` of Next.js. */
export type WaitUntil = (work: Promise<unknown>) => unknown;

/**
 * Passes work that has begun to the platform. False where the platform does not accept it, such as outside of a request: then
 * the response has to wait for the work.
 */
export function deferWork(work: Promise<unknown>, waitUntil: WaitUntil, report: (error: unknown) => void): boolean {
  // `onError` has thrown. Nobody awaits this promise but the platform, which could only end the process.
  const settled = work.catch((error) => console.error("Connectry: the report of a failure has failed.", error));
  try {
    waitUntil(settled);
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}
