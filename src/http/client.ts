import { hc } from "hono/client";
import type { ApiRoutes } from "./web-app.ts";

/** A typed client of the API: `await openClient("http://127.0.0.1:7860").media.$get({ query: {} })`. */
export function openClient(address: string, options?: Parameters<typeof hc>[1]) {
  return hc<ApiRoutes>(address, options);
}
