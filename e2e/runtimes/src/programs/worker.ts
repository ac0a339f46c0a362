// For workerd: addresses come as the request's body, outcomes go out as the answer.
import { runChecks } from "./check.ts";
import { checks } from "./index.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runChecks(checks, await request.json()));
  },
};
