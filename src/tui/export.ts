import { mkdir, rm, writeFile } from "node:fs/promises";
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

/** Writes the conversation to a new Markdown file, and its pictures into a folder beside it. Says where. */
export async function exportConversation(chat: Chat, file: string): Promise<string> {
  const { say } = chat;
  const blocks = blocksOfConversation(chat.store.get());
  if (!blocks.some(({ type }) => type === "question")) return say.nothingToExport;
  const folder = `${path.basename(file, path.extname(file))}-pictures`;
  await create(file, chat);
  try {
    const pictures = await writePictures(chat, blocks, path.join(path.dirname(file), folder));
    const pictureAt = (block: Block, at: number) => {
      const name = pictures.get(block)?.[at];
      return name === undefined ? undefined : `${encodeURIComponent(folder)}/${name}`;
    };
    await writeFile(file, conversationMarkdown(blocks, say, pictureAt));
    const count = [...pictures.values()].flat().filter((name) => name !== undefined).length;
    return say.exported(file, count);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
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
        message: taken ? say.fileTaken(file) : (error as Error).message,
        remedy: say.usage("/export FILE.md"),
      },
      { cause: error },
    );
  }
}

/** File names by block, in the order of its citations or attachments. */
async function writePictures(chat: Chat, blocks: readonly Block[], folder: string) {
  const library = await chat.library();
  const names = new Map<Block, (string | undefined)[]>();
  let count = 0;
  for (const block of blocks) {
    const own: (string | undefined)[] = [];
    for (const picture of picturesOf(library, block)) {
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

function* picturesOf(library: Library, block: Block): Generator<Promise<Pixels | undefined>> {
  const { signal } = new AbortController();
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
