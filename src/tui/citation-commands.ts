import path from "node:path";
import type { Citation } from "../media/citation.ts";
import { Failure } from "../media/failure.ts";
import { plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import type { Chat } from "./chat.ts";
import type { Suggestion } from "./chat-state.ts";
import type { Command } from "./command.ts";
import { hasScreen, play, playersFor } from "./player.ts";

/** Commands on the moments that the last answer cites: `/open 2`. */
export const citationCommands: readonly Command[] = [
  {
    name: "open",
    usage: "/open N",
    complete: numbers,
    run: onCitation(async (chat, citation) => {
      const { links, say } = chat;
      await links.start();
      const address = links.addressOf(citation);
      const player = await play(playersFor(citation, address), process.env);
      if (player === undefined) {
        const why = hasScreen(process.env) ? say.noPlayer : say.noScreen;
        return [why(placeOf(citation)), address].filter(Boolean).join("\n");
      }
      return say.opened(player.opens === "page" ? say.thePage : player.command, placeOf(citation));
    }),
  },
  {
    name: "clip",
    usage: "/clip N",
    complete: numbers,
    run: onCitation(async (chat, { path: media, span, kind }, number) => {
      if (span.kind !== "time" || kind !== "video") {
        throw new Failure({
          code: "invalid-input",
          message: chat.say.noClip(number, plainText(path.basename(media), 80)),
          remedy: chat.say.noClipRemedy(number),
        });
      }
      const place = [plainText(path.basename(media), 60), formatSpan(span)].join(" ");
      return chat.during(chat.say.savingClip(place), chat.say.clipStopped, async (signal) => {
        const tool = (await chat.library()).tools.find(({ name }) => name === "export_clip");
        signal.throwIfAborted();
        if (!tool) return chat.say.usage("/clip N");
        const input = tool.input.parse({ media, startMs: span.startMs, endMs: span.endMs });
        const { data } = await tool.execute(input, { signal, progress: () => {} });
        return chat.say.clipSaved(plainText(String(data?.path), 300));
      });
    }),
  },
  { name: "like", usage: "/like N", complete: numbers, run: judge("like") },
  { name: "wrong", usage: "/wrong N", complete: numbers, run: judge("wrong") },
];

/** Runs with the cited moment that the argument numbers. */
function onCitation(
  work: (chat: Chat, citation: Citation, number: number) => Promise<string>,
): Command["run"] {
  return async (chat, argument) => {
    if (!/^\[?\d+\]?$/.test(argument)) return false;
    const number = Number(argument.replace(/[[\]]/g, ""));
    const cited = chat.citations();
    const citation = cited[number - 1];
    return citation ? work(chat, citation, number) : chat.say.noCitation(number, cited.length);
  };
}

function judge(verdict: "like" | "wrong"): Command["run"] {
  return onCitation(async (chat, { mediaId, span }, number) => {
    await (await chat.app()).recordFeedback({ verdict, query: chat.lastQuestion(), mediaId, span });
    return verdict === "like" ? chat.say.liked(number) : chat.say.markedWrong(number);
  });
}

function numbers(chat: Chat): readonly Suggestion[] {
  return chat.citations().map((citation, at) => {
    const name = plainText(path.basename(citation.path), 60);
    const detail = [name, formatSpan(citation.span)].filter(Boolean).join(" ");
    return { label: String(at + 1), detail, text: String(at + 1) };
  });
}

function placeOf({ path: file, span }: Citation): string {
  return `${plainText(file, 300)} ${formatSpan(span)}`.trim();
}
