import { plainText } from "../media/plain-text.ts";
import type { Chat } from "./chat.ts";
import { pathOf, showIndexState } from "./index-while-chatting.ts";

/** Takes a path out of the library; without `--yes` at the end it only says what would leave. Throws `Failure`. */
export async function forgetPath(chat: Chat, argument: string): Promise<string | false> {
  const { say } = chat;
  const sure = /(?:^|\s+)--yes$/;
  const isSure = sure.test(argument);
  const typed = argument.replace(sure, "");
  if (typed === "") return false;
  const request = { paths: [pathOf(typed)], dryRun: !isSure };
  const { files, moments } = await (await chat.app()).forget(request, new AbortController().signal);
  if (!isSure) return say.wouldForget(files, moments, `/forget ${plainText(typed, 300)} --yes`);
  chat.reopen();
  await showIndexState(chat);
  return say.forgotten(files, moments);
}
