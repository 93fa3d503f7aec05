import path from "node:path";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { validator } from "hono-openapi";
import { Failure } from "../media/failure.ts";
import { feedbackAnswer, forgetAnswer } from "./answer-schemas.ts";
import { invalid } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { spanOf } from "./json-shapes.ts";
import { describeApi } from "./route-docs.ts";
import { feedbackBody, forgetQuery, indexBody } from "./schemas.ts";
import { refuseInvalid } from "./validation.ts";

/** `/library`: what is indexed, what could not be read, and index jobs with their progress. */
export function libraryRoutes(http: HttpContext) {
  return new Hono()
    .get("/", describeApi({ summary: "Roots, counts, failures, jobs and the model" }), async (context) => {
      const { roots, failures, counts } = await http.app.state();
      const model = await modelOf(http);
      return context.json({ roots, failures, counts, jobs: http.jobs.list(), model });
    })
    .post(
      "/",
      describeApi({ summary: "Index files and folders; progress comes from /library/events" }),
      validator("json", indexBody, refuseInvalid),
      (context) => {
        const { paths } = context.req.valid("json");
        const relative = paths.find((one) => !path.isAbsolute(one));
        if (relative !== undefined)
          throw invalid(`"${relative}" is no absolute path.`, "Begin it with a slash.");
        return context.json({ job: http.jobs.start(paths.map((one) => path.resolve(one))) }, 202);
      },
    )
    .delete(
      "/",
      describeApi({ summary: "Forget a file or folder; what lies on the disk stays", answer: forgetAnswer }),
      validator("query", forgetQuery, refuseInvalid),
      async (context) => {
        const given = context.req.valid("query").path;
        if (!path.isAbsolute(given))
          throw invalid(`"${given}" is no absolute path.`, "Begin it with a slash.");
        return context.json(await http.app.forget({ paths: [path.resolve(given)] }, context.req.raw.signal));
      },
    )
    .delete("/jobs/:id", describeApi({ summary: "Stop an index job" }), (context) => {
      const id = context.req.param("id");
      if (!http.jobs.get(id)) {
        throw new Failure({
          code: "not-found",
          message: "There is no such job.",
          remedy: "GET /library lists them.",
        });
      }
      http.jobs.cancel(id);
      return context.json({ job: http.jobs.get(id) });
    })
    .get(
      "/events",
      describeApi({ summary: "Changes of index jobs, as server-sent events", type: "text/event-stream" }),
      (context) =>
        streamSSE(context, async (stream) => {
          // Before anything is written: of a client that has gone by then, nobody would tell.
          const gone = new Promise<void>((resolve) => stream.onAbort(() => resolve()));
          for (const job of http.jobs.list())
            await stream.writeSSE({ event: "job", data: JSON.stringify(job) });
          const stop = http.jobs.subscribe((job) => {
            void stream.writeSSE({ event: "job", data: JSON.stringify(job) });
          });
          const beat = setInterval(() => void stream.write(": still here\n\n"), 15_000);
          await gone;
          clearInterval(beat);
          stop();
        }),
    );
}

/** `POST /feedback`: kept in the library, for later tuning. */
export function feedbackRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({ summary: "Say that a moment was right or wrong", answer: feedbackAnswer }),
    validator("json", feedbackBody, refuseInvalid),
    async (context) => {
      const { id, note, startMs, endMs, page, ...feedback } = context.req.valid("json");
      const item = await http.item(id);
      await http.app.recordFeedback({
        ...feedback,
        mediaId: item.id,
        span: spanOf({ startMs, endMs, page }),
        ...(note === undefined ? {} : { note }),
      });
      return context.json({ recorded: true });
    },
  );
}

async function modelOf(http: HttpContext) {
  const library = await http.library().catch(() => undefined);
  if (!library) return undefined;
  const { name, runsOn, accepts } = library.model;
  return { name, runsOn, sees: accepts.has("image") };
}
