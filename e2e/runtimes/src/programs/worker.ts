// For workerd: addresses are the body of the request, and outcomes the body of the response.
import { runChecks } from "./check.ts";
import { checks } from "./index.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runChecks(checks, await request.json()));
  },
};
