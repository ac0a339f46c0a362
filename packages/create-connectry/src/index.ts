export { type MainContext, main } from "./main.js";
