import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Library } from "../library.ts";
import { Failure } from "../media/failure.ts";
import type { Pixels } from "../media/pixels.ts";
import { savePicture } from "../tools/save-picture.ts";
import type { Chat } from "./chat.ts";
import { blocksOfConversation } from "./chat-state.ts";
import { conversationMarkdown } from "./export-markdown.ts";
import { pictureOfCitation } from "./thumbnails.ts";
import type { Block } from "./view.ts";

const longestSide = 640;

/** Writes the conversation to a new Markdown file, and its pictures into a new folder beside it. Says where. */
export async function exportConversation(chat: Chat, file: string): Promise<string> {
  const { say, store } = chat;
  const blocks = blocksOfConversation(store.get());
  if (!blocks.some(({ type }) => type === "question")) return say.nothingToExport;
  return chat.during(say.exporting, say.exportStopped, async (signal) => {
    await create(file, chat);
    const stem = path.basename(file, path.extname(file));
    const folder = await freeFolder(path.join(path.dirname(file), `${stem}-pictures`));
    try {
      return await write(chat, blocks, { file, folder, signal });
    } catch (error) {
      for (const made of [file, folder]) await rm(made, { recursive: true, force: true });
      throw error;
    }
  });
}

interface Target {
  readonly file: string;
  /** Made with the first picture. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function write(chat: Chat, blocks: readonly Block[], target: Target): Promise<string> {
  const { file, folder, signal } = target;
  const pictures = await writePictures(chat, blocks, target);
  signal.throwIfAborted();
  const pictureAt = (block: Block, at: number) => {
    const name = pictures.get(block)?.[at];
    return name === undefined ? undefined : `${encodeURIComponent(path.basename(folder))}/${name}`;
  };
  await writeFile(file, conversationMarkdown(blocks, chat.say, pictureAt));
  const count = [...pictures.values()].flat().filter((name) => name !== undefined).length;
  return chat.say.exported(file, count);
}

/** A name that nothing has: what lies in a folder of that name is somebody's. */
async function freeFolder(wanted: string): Promise<string> {
  for (let at = 1; ; at += 1) {
    const folder = at === 1 ? wanted : `${wanted}-${at}`;
    const taken = await stat(folder).catch(() => undefined);
    if (taken === undefined) return folder;
  }
}

/** Takes the name first: a file that is there already is never written over. */
async function create(file: string, { say }: Chat): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "", { flag: "wx" });
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new Failure(
      {
        code: "invalid-input",
        message: taken ? say.fileTaken(file) : `${file} cannot be written.`,
        remedy: say.usage("/export FILE.md"),
      },
      { cause: error },
    );
  }
}

/** File names by block, in the order of its citations or attachments. */
async function writePictures(chat: Chat, blocks: readonly Block[], { folder, signal }: Target) {
  const library = await chat.library();
  const names = new Map<Block, (string | undefined)[]>();
  let count = 0;
  for (const block of blocks) {
    const own: (string | undefined)[] = [];
    for (const picture of picturesOf(library, block, signal)) {
      signal.throwIfAborted();
      const pixels = await picture;
      if (pixels) {
        count += 1;
        await savePicture(pixels, path.join(folder, `${count}.jpg`));
      }
      own.push(pixels ? `${count}.jpg` : undefined);
    }
    names.set(block, own);
  }
  return names;
}

function* picturesOf(
  library: Library,
  block: Block,
  signal: AbortSignal,
): Generator<Promise<Pixels | undefined>> {
  if (block.type === "citations")
    for (const { citation } of block.moments) yield pictureOfCitation(library, citation, signal, longestSide);
  if (block.type === "question")
    for (const one of block.attachments)
      yield one.kind === "image" ? readable(library.readImage(one.path, signal)) : Promise.resolve(undefined);
}

async function readable(work: Promise<Pixels>): Promise<Pixels | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
