import path from "node:path";
import { Hono } from "hono";
import { validator } from "hono-openapi";
import { isByRules } from "../chat/chat-model.ts";
import type { IndexJobs } from "../index-jobs.ts";
import { Failure } from "../media/failure.ts";
import { feedbackAnswer, forgetAnswer, type Told } from "./answer-schemas.ts";
import { type EventSink, eventStream } from "./event-stream.ts";
import { invalid } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { spanOf } from "./json-shapes.ts";
import { indexJob, jobAnswer, libraryAnswer } from "./library-answers.ts";
import { describeApi } from "./route-docs.ts";
import { feedbackBody, forgetQuery, indexBody } from "./schemas.ts";
import { refuseInvalid } from "./validation.ts";

const beatMs = 15_000;

/** `/library`: what is indexed, what could not be read, and index jobs with their progress. */
export function libraryRoutes(http: HttpContext) {
  return new Hono()
    .get(
      "/",
      describeApi({ summary: "Roots, counts, failures, jobs and the model", answer: libraryAnswer }),
      async (context) => {
        const { roots, failures, counts } = await http.app.state();
        const model = await modelOf(http);
        const jobs = http.jobs.list();
        return context.json<Told<typeof libraryAnswer>>({ roots, failures, counts, jobs, model });
      },
    )
    .post(
      "/",
      describeApi({
        summary: "Index files and folders; progress comes from /library/events",
        status: 202,
        answer: jobAnswer,
        refuses: [400],
      }),
      validator("json", indexBody, refuseInvalid),
      (context) => {
        const { paths } = context.req.valid("json");
        const relative = paths.find((one) => !path.isAbsolute(one));
        if (relative !== undefined)
          throw invalid(`"${relative}" is no absolute path.`, "Begin it with a slash.");
        const job = http.jobs.start(paths.map((one) => path.resolve(one)));
        return context.json<Told<typeof jobAnswer>, 202>({ job }, 202);
      },
    )
    .delete(
      "/jobs/:id",
      describeApi({ summary: "Stop an index job", answer: jobAnswer, refuses: [404] }),
      (context) => {
        const id = context.req.param("id");
        http.jobs.cancel(id);
        const job = http.jobs.get(id);
        if (!job) {
          throw new Failure({
            code: "not-found",
            message: "There is no such job.",
            remedy: "GET /library lists them.",
          });
        }
        return context.json<Told<typeof jobAnswer>>({ job });
      },
    )
    .delete(
      "/",
      describeApi({
        summary: "Forget a file or folder; what lies on the disk stays",
        answer: forgetAnswer,
        refuses: [400, 404],
      }),
      validator("query", forgetQuery, refuseInvalid),
      async (context) => {
        const given = context.req.valid("query").path;
        if (!path.isAbsolute(given))
          throw invalid(`"${given}" is no absolute path.`, "Begin it with a slash.");
        const forgotten = await http.app.forget({ paths: [path.resolve(given)] }, context.req.raw.signal);
        return context.json<Told<typeof forgetAnswer>>(forgotten);
      },
    )
    .get(
      "/events",
      describeApi({ summary: "Changes of index jobs, as server-sent events", events: indexJob }),
      (context) => eventStream(context, http, (sink) => tellNews(http.jobs, sink)),
    );
}

/** Of each job its newest state: a reader who is slow misses what is old by then, and piles nothing up. */
async function tellNews(jobs: IndexJobs, { send, beat, signal }: EventSink): Promise<void> {
  const news = new Map(jobs.list().map((job) => [job.id, job]));
  let wake = () => {};
  const stop = jobs.subscribe((job) => {
    news.set(job.id, job);
    wake();
  });
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const [job] = news.values();
      if (job) {
        news.delete(job.id);
        await send(JSON.stringify(job), "job");
      } else if (!(await wokenWithin(beatMs, (resolve) => (wake = resolve)))) await beat();
    }
  } finally {
    stop();
  }
}

/** Whether `wake` was called before so many milliseconds had passed. */
async function wokenWithin(ms: number, give: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    give(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** `POST /feedback`: kept in the library, for later tuning. */
export function feedbackRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Say that a moment was right or wrong",
      answer: feedbackAnswer,
      refuses: [400, 404],
    }),
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
      return context.json<Told<typeof feedbackAnswer>>({ recorded: true });
    },
  );
}

async function modelOf(http: HttpContext) {
  const library = await http.library().catch(() => undefined);
  if (!library) return undefined;
  const { name, runsOn, accepts } = library.model;
  return { name, runsOn, byRules: isByRules(library.model), sees: accepts.has("image") };
}
