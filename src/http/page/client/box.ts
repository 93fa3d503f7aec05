import { isPicture } from "./api.ts";
import { attachmentView, releaseAttachment } from "./attachment.ts";
import { button, byId, icon } from "./dom.ts";
import { isQuestionLike } from "./question-like.ts";
import { say } from "./say.ts";

export interface Wanted {
  readonly words: string;
  readonly kind?: string;
  readonly file?: File;
  readonly thinking: "on" | "off";
}

export interface Box {
  focus(): void;
  setWords(words: string): void;
  setKind(kind: string | undefined): void;
  /** Takes a picture or a clip; false where the file is neither. */
  attach(file: File): boolean;
  detach(): void;
  setRunning(running: boolean): void;
  setFollowUp(followUp: boolean): void;
}

export interface BoxActions {
  readonly search: (wanted: Wanted) => void;
  readonly ask: (wanted: Wanted) => void;
  readonly stop: () => void;
  readonly kindChanged: () => void;
}

/** The one box: words, a picture or a clip, and what to do with them. Enter does what the words look like. */
export function openBox(actions: BoxActions): Box {
  const form = byId("box", HTMLFormElement);
  const words = byId("words", HTMLInputElement);
  const chooser = byId("file", HTMLInputElement);
  const attachment = byId("attachment", HTMLElement);
  const searchButton = byId("search", HTMLButtonElement);
  const askButton = byId("ask", HTMLButtonElement);
  const stopButton = byId("stop", HTMLButtonElement);
  const thinking = byId("thinking", HTMLButtonElement);
  let file: File | undefined;
  let followUp = false;

  const wanted = (): Wanted => {
    const kind = new FormData(form).get("kind");
    return {
      words: words.value.trim(),
      thinking: isOn(thinking) ? "on" : "off",
      ...(typeof kind === "string" && kind !== "all" ? { kind } : {}),
      ...(file ? { file } : {}),
    };
  };
  const asks = () => followUp || isQuestionLike(words.value);
  const showPreferred = () => {
    askButton.classList.toggle("primary", asks());
    searchButton.classList.toggle("primary", !asks());
  };
  const detach = () => {
    file = undefined;
    chooser.value = "";
    releaseAttachment(attachment);
    attachment.replaceChildren();
    attachment.hidden = true;
    showPreferred();
  };
  const attach = (given: File) => {
    if (!isPicture(given) && !given.type.startsWith("video/")) return false;
    detach();
    file = given;
    attachment.replaceChildren(...previewOf(given, detach));
    attachment.hidden = false;
    showPreferred();
    return true;
  };
  const act = (asking: boolean) => {
    const now = wanted();
    if (now.words === "" && (asking || !now.file)) return words.focus();
    if (asking) actions.ask(now);
    else actions.search(now);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter === askButton);
  });
  // With Ctrl or ⌘ it does the other thing. An input method's own Enter only ends the composition.
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    act(asks() !== (event.ctrlKey || event.metaKey));
  });
  words.addEventListener("input", showPreferred);
  byId("attach", HTMLButtonElement).addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const [first] = chooser.files ?? [];
    if (first) attach(first);
  });
  thinking.addEventListener("click", () => thinking.setAttribute("aria-checked", String(!isOn(thinking))));
  stopButton.addEventListener("click", actions.stop);
  for (const radio of form.querySelectorAll('input[name="kind"]'))
    radio.addEventListener("change", actions.kindChanged);
  showPreferred();

  return {
    focus: () => {
      words.focus();
      words.select();
    },
    setWords: (text) => {
      words.value = text;
      showPreferred();
    },
    setKind: (kind = "all") => {
      for (const radio of form.querySelectorAll<HTMLInputElement>('input[name="kind"]'))
        radio.checked = radio.value === kind;
    },
    attach,
    detach,
    setRunning: (running) => {
      stopButton.hidden = !running;
      askButton.hidden = running;
    },
    setFollowUp: (on) => {
      followUp = on;
      words.placeholder = on ? say.box.followUp : say.box.placeholder;
      showPreferred();
    },
  };
}

function isOn(switcher: HTMLElement): boolean {
  return switcher.getAttribute("aria-checked") === "true";
}

function previewOf(file: File, remove: () => void): readonly Node[] {
  const away = button(
    { class: "quiet", "aria-label": say.box.remove, title: say.box.remove },
    remove,
    icon("close"),
  );
  return [...attachmentView(file), away];
}
