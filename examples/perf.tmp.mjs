import { createStripe } from "@connectry/stripe";
const payload = JSON.stringify({ ok: true, id: "obj_1", sid: "obj_1", object: "customer", name: "Ada Lovelace", email: "ada@example.com", created: 1700000000, createdAt: "2024-01-01T00:00:00.000Z", updatedAt: "2024-01-02T00:00:00.000Z", archived: false, status: "active", description: "Notes on the analytical engine, with a method for computing Bernoulli numbers by its operation cards.", channel: { id: "obj_1", name: "engine", is_channel: true, is_archived: false }, properties: { email: "ada@example.com", firstname: "Ada", lastname: "Lovelace" }, address: { line1: "12 St James's Square", line2: null, city: "London", postal_code: "SW1Y 4LB", country: "GB" }, metadata: { order: "6735", source: "benchmark" } });
const headers = { "content-type": "application/json", "content-length": String(payload.length) };
async function stubFetch() { return new Response(payload, { status: 200, headers }); }
const client = createStripe({ auth: "sk_test_1", baseUrl: "http://127.0.0.1:1", rateLimit: false, fetch: stubFetch });
const init = { params: { path: { customer: "cus_1" } } };
const ours = async () => (await client.GET("/v1/customers/{customer}", init)).data;
const bare = async () => (await stubFetch("http://127.0.0.1:1/v1/customers/cus_1", { headers: { authorization: "Bearer sk_test_1" } })).json();
const run = async (f, n) => { const c = process.cpuUsage(); for (let i = 0; i < n; i++) await f(); const d = process.cpuUsage(c); return (d.user + d.system) / n; };
if (process.argv[2] === "prof") { await run(ours, 200000); } else {
await run(ours, 20000); await run(bare, 20000);
const rs = []; for (let r = 0; r < 11; r++) { const a = await run(ours, 8000), b = await run(bare, 8000); rs.push([a, b, a / b]); }
rs.sort((x, y) => x[2] - y[2]); console.log(rs[5].map((x) => x.toFixed(2)).join(" "), "min ratio", rs[0][2].toFixed(2)); }
