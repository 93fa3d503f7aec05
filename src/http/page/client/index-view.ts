import { cancelIndexing, forgetFolder, startIndexing } from "./api.ts";
import type { Job } from "./api-types.ts";
import { button, el, icon } from "./dom.ts";
import { showFailure } from "./notice.ts";
import { say } from "./say.ts";

const { library: words } = say;

/** The form that takes a folder into the library. */
export function indexForm(onStarted: () => void): HTMLElement {
  const input = el("input", {
    id: "index-path",
    type: "text",
    spellcheck: "false",
    placeholder: "/home/…/Videos",
    required: true,
  });
  const submit = el("button", { type: "submit", class: "primary" }, icon("folder"), words.indexButton);
  const form = el(
    "form",
    { class: "index-form" },
    el("label", { for: "index-path" }, words.indexLabel),
    el("div", { class: "row" }, input, submit),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const path = input.value.trim();
    if (path === "") return;
    void start([path], onStarted).then((started) => {
      if (started) input.value = "";
    });
  });
  return form;
}

/** Looks again at everything that was ever indexed. */
export function againButton(roots: readonly string[], onStarted: () => void): HTMLElement {
  return button({}, () => void start(roots, onStarted), words.again);
}

/** Takes one folder out of the library, once the person has said yes. */
export function forgetButton(root: string, onForgotten: () => void): HTMLElement {
  const forget = () => {
    if (!window.confirm(words.forgetSure(root))) return;
    void forgetFolder(root).then(onForgotten, showFailure);
  };
  return button({ class: "forget", "aria-label": words.forgetNamed(root) }, forget, words.forget);
}

async function start(paths: readonly string[], onStarted: () => void): Promise<boolean> {
  try {
    await startIndexing(paths);
    onStarted();
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}

/** How far an index job is, or how it ended. */
export function jobView(job: Job): HTMLElement {
  const { event, state, failure } = job;
  const title = el("p", { class: "job-title" }, job.roots.join(", "));
  if (state === "failed") {
    const remedy = failure && el("p", { class: "remedy" }, failure.remedy);
    return el(
      "li",
      { class: "job failed" },
      title,
      el("p", { class: "warning" }, failure?.message ?? say.errors.generic),
      remedy,
    );
  }
  if (state !== "running") {
    const { added = 0, updated = 0, removed = 0, failed = [] } = event ?? {};
    const told = state === "done" ? words.done(added, updated, removed, failed.length) : words.cancelled;
    return el("li", { class: `job ${state}` }, title, el("p", {}, icon("check"), told));
  }
  const { total = 0, done = 0, fraction = 0 } = event?.type === "index-progress" ? event : {};
  const bar = el("progress", { max: Math.max(1, total), "aria-label": job.roots.join(", ") });
  if (total > 0) bar.value = Math.min(total, done + (done < total ? fraction : 0));
  const stop = button({}, () => void cancelIndexing(job.id).catch(showFailure), words.cancel);
  const foot = el("div", { class: "job-foot" }, el("p", { class: "quiet-text" }, progressWords(job)), stop);
  return el("li", { class: "job running" }, title, bar, foot);
}

function progressWords({ event }: Job): string {
  if (event?.type === "index-waiting") return words.waiting;
  if (event?.type !== "index-progress") return words.planning;
  const { done = 0, total = 0, rate, etaMs, path = "" } = event;
  const file = path.split(/[/\\]/).at(-1) ?? "";
  return [words.progress(done, total), rate ? words.rate(rate) : "", etaMs ? words.left(etaMs) : "", file]
    .filter(Boolean)
    .join(" · ");
}
