import type { App } from "../app.ts";
import { type ChatModel, isByRules } from "../chat/chat-model.ts";
import { Failure } from "../media/failure.ts";
import { plainText } from "../media/plain-text.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { Chat } from "./chat.ts";
import type { Suggestion } from "./chat-state.ts";
import { isIndexing } from "./index-while-chatting.ts";

/** A language model that this machine can answer with. */
export interface ModelChoice {
  readonly name: string;
  readonly detail: string;
}

/** What the chat can be switched to while it goes on. */
export interface ModelChoices {
  list(): Promise<readonly ModelChoice[]>;
  /** The same library with another model: one of `list`, or a file's path. Undefined for any other name. */
  openerFor(name: string): Promise<(() => Promise<App>) | undefined>;
}

const listed = new WeakMap<ModelChoices, readonly ModelChoice[]>();

/** `/model`: what answers now, and what could. */
export async function showModel(chat: Chat): Promise<string> {
  const { say } = chat;
  const { model } = await chat.library();
  const choices = await choicesOf(chat);
  const others = choices.map((one) => `  ${one.name.padEnd(22)}${one.detail}`);
  return [modelLine(model, say), say.modelChoices, ...others, say.moreModels].join("\n");
}

/** `/model NAME`: answers from now on with this model. The conversation goes on. */
export async function switchModel(chat: Chat, wanted: string): Promise<string> {
  const { say } = chat;
  const opener = await chat.models?.openerFor(wanted);
  if (opener === undefined) {
    const names = (await choicesOf(chat)).map(({ name }) => name).join(", ");
    throw new Failure({
      code: "not-found",
      message: say.noSuchModel(plainText(wanted, 80)),
      remedy: say.modelRemedy(names),
    });
  }
  if (isIndexing(chat)) {
    throw new Failure({
      code: "unavailable",
      message: say.modelWhileIndexing,
      remedy: say.modelWhileIndexingRemedy,
    });
  }
  chat.store.change({ index: say.loadingModel });
  try {
    await chat.switchTo(opener);
    return modelLine((await chat.library()).model, say);
  } finally {
    const { counts } = await (await chat.app()).state();
    chat.store.change({ index: say.indexed(counts?.items ?? 0) });
  }
}

/** What follows rules holds no conversation that could grow too long. */
export function modelLine(
  model: Pick<ChatModel, "name" | "runsOn" | "contextTokens">,
  say: TuiMessages,
): string {
  const name = say.modelName(model.name);
  return isByRules(model)
    ? `${name} · ${say.byRules}`
    : say.modelLine(name, model.runsOn, model.contextTokens);
}

export function modelSuggestions(chat: Chat): readonly Suggestion[] {
  const { models } = chat;
  if (!models) return [];
  if (!listed.has(models)) void choicesOf(chat);
  return (listed.get(models) ?? []).map(({ name, detail }) => ({ label: name, detail, text: name }));
}

async function choicesOf({ models }: Chat): Promise<readonly ModelChoice[]> {
  if (!models) return [];
  const found = await models.list();
  listed.set(models, found);
  return found;
}
