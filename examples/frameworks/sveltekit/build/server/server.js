import { create_server } from './index.js';
const manifest = (() => {
function __memo(fn) {
	let value;
	return () => value ??= (value = fn());
}

return {
	app_dir: "_app",
	app_path: "_app",
	assets: new Set([]),
	mime_types: {},
	client: {start:"_app/immutable/entry/start.FNSipZrX.js",app:"_app/immutable/entry/app.CGhTpxK4.js",imports:["_app/immutable/entry/start.FNSipZrX.js","_app/immutable/entry/payload.DSmR2FwN.js","_app/immutable/chunks/DclECHGd.js","_app/immutable/chunks/bp2wfkm4.js","_app/immutable/chunks/Ov_AgsIi.js","_app/immutable/chunks/CcCf-tEA.js","_app/immutable/entry/app.CGhTpxK4.js"],stylesheets:[],fonts:[],uses_env_dynamic_public:false},
	
	nodes: [
		__memo(() => import('./nodes/0.js')),
		__memo(() => import('./nodes/1.js'))
	],
	remotes: {
		
	},
	routes: [
		{
			id: "/webhooks/stripe",
			pattern: /^\/webhooks\/stripe\/?$/,
			params: [],
			page: null,
			endpoint: __memo(() => import('./entries/endpoints/webhooks/stripe/_server.ts.js'))
		}
	],
	prerendered_routes: new Set([]),
	matchers: async () => {
		return {};
	},
	server_assets: {}
}
})();
export const server = create_server(manifest);