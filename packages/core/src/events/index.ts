export type { EventMessage } from "./event-message.js";
export type { EventFormat, EventOptions } from "./event-options.js";
export { type EventInit, type EventMethods, type Events, events } from "./events.js";
