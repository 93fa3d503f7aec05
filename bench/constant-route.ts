import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** The least that a search could cost: the same framework reads a JSON body and answers so many bytes of JSON. */
const [port, bytes] = process.argv.slice(2).map(Number);
const answer = { hits: "x".repeat(Math.max(0, (bytes ?? 0) - '{"hits":""}'.length)) };
const web = new Hono().post("/search", async (context) => {
  await context.req.json();
  return context.json(answer);
});
serve({ fetch: web.fetch, port: port ?? 0, hostname: "127.0.0.1" }, () =>
  process.stdout.write("listening\n"),
);
