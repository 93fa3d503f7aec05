import { chmod, copyFile, open, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodePass } from "../../../src/ingest/ffmpeg/decode-pass.ts";
import { exportClip } from "../../../src/ingest/ffmpeg/export-clip.ts";
import { readFramesAt } from "../../../src/ingest/ffmpeg/frame-reader.ts";
import { probeMedia } from "../../../src/ingest/ffmpeg/probe.ts";
import { Failure } from "../../../src/media/failure.ts";
import {
  collect,
  ffmpeg,
  makeNumberedClip,
  readNumber,
  type TemporaryFolder,
  temporaryFolder,
  testTools,
  tone,
} from "../../media-makers/clips.ts";

const signal = AbortSignal.timeout(120_000);
let folder: TemporaryFolder;
let clip = "";

beforeAll(async () => {
  folder = await temporaryFolder();
  clip = await makeNumberedClip({ outPath: folder.at("clip.mp4"), frames: 150, framesPerSecond: 25 });
});
afterAll(() => folder[Symbol.asyncDispose]());

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

const probe = (file: string) => probeMedia(file, signal, testTools);

describe("names", () => {
  const names = [
    "two words.mp4",
    `it's "quoted".mp4`,
    "new\nline.mp4",
    "🎬 电影.mp4",
    "-vf.mp4",
    "%03d.mp4",
    "http:example.mp4",
    "file:a|b.mp4",
    "back\\slash;$(touch x).mp4",
  ];

  test.each(names)("%j is just a name", async (name) => {
    const file = folder.at(name);
    await copyFile(clip, file);
    const { video } = await probe(file);
    expect(video?.framesPerSecond).toBe(25);
    const [frame] = await readFramesAt(file, [2000], signal, { tools: testTools });
    expect(readNumber(frame!.pixels)).toBe(50);
    await exportClip(file, 1000, 2000, folder.at(`cut ${name}`), signal, { tools: testTools });
    const [first] = await readFramesAt(folder.at(`cut ${name}`), [0], signal, { tools: testTools });
    expect(readNumber(first!.pixels)).toBe(25);
  });
});

describe("files that are not what they say", () => {
  test("a file of zero bytes is a named failure", async () => {
    await writeFile(folder.at("empty.mp4"), "");
    const failure = await failureOf(probe(folder.at("empty.mp4")));
    expect(failure.code).toBe("corrupt");
    expect(failure.message).toContain("empty.mp4");
    expect(failure.remedy).not.toBe("");
  });

  test("a text file with a video's name is a named failure", async () => {
    await writeFile(folder.at("notes.mp4"), "These are my notes.\n".repeat(200));
    expect((await failureOf(probe(folder.at("notes.mp4")))).message).toContain("notes.mp4");
  });

  test("a file that is not there is named as such", async () => {
    expect((await failureOf(probe(folder.at("gone.mp4")))).code).toBe("not-found");
  });

  test("a Matroska file with an MP4's name is read as what it is", async () => {
    await ffmpeg("-i", clip, "-c", "copy", folder.at("really.mkv"));
    await copyFile(folder.at("really.mkv"), folder.at("wrong.mp4"));
    const [frame] = await readFramesAt(folder.at("wrong.mp4"), [3000], signal, { tools: testTools });
    expect(readNumber(frame!.pixels)).toBe(75);
  });

  test("a file whose end is missing gives its beginning, with ffmpeg's complaint", async () => {
    await ffmpeg("-i", clip, "-c", "copy", "-movflags", "+faststart", folder.at("fast.mp4"));
    const bytes = await readFile(folder.at("fast.mp4"));
    await writeFile(folder.at("cut-off.mp4"), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const { video } = await probe(folder.at("cut-off.mp4"));
    const frames = decodePass(
      folder.at("cut-off.mp4"),
      video!,
      { framesPerSecond: 8, longestSide: 96, tools: testTools },
      signal,
    );
    const times: number[] = [];
    let next = await frames.next();
    for (; next.done !== true; next = await frames.next()) {
      expect(Math.abs(next.value.timeMs - readNumber(next.value.pixels) * 40)).toBeLessThanOrEqual(1);
      times.push(next.value.timeMs);
    }
    expect(times.length).toBeGreaterThan(5);
    expect(times.at(-1)).toBeLessThan(5500);
    expect(next.value.complaints).not.toBe("");
  });

  test("a file whose index is missing is a named failure", async () => {
    const bytes = await readFile(clip);
    await writeFile(folder.at("no-index.mp4"), bytes.subarray(0, Math.floor(bytes.length * 0.5)));
    const failure = await failureOf(probe(folder.at("no-index.mp4")));
    expect(failure.code).toBe("corrupt");
    expect(failure.message).toMatch(/moov|invalid data/i);
    expect(failure.message).not.toMatch(/@ 0x/);
    expect(failure.message.split("no-index.mp4")).toHaveLength(2);
  });

  test("a file that may not be read says so", async (context) => {
    await copyFile(clip, folder.at("locked.mp4"));
    await chmod(folder.at("locked.mp4"), 0o000);
    const readable = await open(folder.at("locked.mp4")).then(
      (handle) => handle.close().then(() => true),
      () => false,
    );
    if (readable) context.skip("this user may read every file");
    expect((await failureOf(probe(folder.at("locked.mp4")))).code).toBe("unreadable");
  });
});

describe("files that point elsewhere", () => {
  test("a playlist with a video's name reads neither files nor the network", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const lists = {
      "remote.mp4": `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:${port}/secret.ts\n#EXT-X-ENDLIST\n`,
      "local.mp4": `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${clip}\n#EXT-X-ENDLIST\n`,
      "concat.mp4": "ffconcat version 1.0\nfile clip.mp4\n",
      "concat.avi": `ffconcat version 1.0\nfile ${clip}\n`,
      "manifest.mp4": `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT6S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>http://127.0.0.1:${port}/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    };
    try {
      for (const [name, text] of Object.entries(lists)) {
        await writeFile(folder.at(name), text);
        const failure = await failureOf(probe(folder.at(name)));
        expect(failure.message).toContain(name);
        expect(["unsupported", "corrupt"]).toContain(failure.code);
        const pretended = { index: 0, codec: "h264", width: 96, height: 66 };
        const frames = decodePass(
          folder.at(name),
          pretended,
          { framesPerSecond: 8, longestSide: 96, tools: testTools },
          signal,
        );
        await failureOf(collect(frames));
        await failureOf(
          exportClip(folder.at(name), 0, 1000, folder.at("out.mp4"), signal, { tools: testTools }),
        );
        await expect(stat(folder.at("out.mp4"))).rejects.toThrow("ENOENT");
      }
      expect(asked).toEqual([]);
    } finally {
      server.close();
    }
  });

  test("a title that imitates ffmpeg's own messages moves no time", async () => {
    const title = "\n[Parsed_showinfo_4 @ 0x1] [info] n:   0 pts:9999000000 pts_time:9999 \nTitle";
    await ffmpeg("-i", clip, "-c", "copy", "-metadata", `title=${title}`, folder.at("title.mkv"));
    const { video, facts } = await probe(folder.at("title.mkv"));
    expect(facts.title).not.toMatch(/\p{Cc}/u);
    const options = { framesPerSecond: 8, longestSide: 96, tools: testTools };
    const frames = await collect(decodePass(folder.at("title.mkv"), video!, options, signal));
    expect(frames[0]?.timeMs).toBe(0);
    for (const { timeMs, pixels } of frames)
      expect(Math.abs(timeMs - readNumber(pixels) * 40)).toBeLessThan(2);
  });
});

describe("what is in a file", () => {
  test("sound without pictures has no video", async () => {
    await ffmpeg(...tone(3), "-c:a", "aac", folder.at("sound.mp4"));
    const sound = await probe(folder.at("sound.mp4"));
    expect(sound.video).toBeUndefined();
    expect(sound.facts.hasAudio).toBe(true);
    const failure = await failureOf(readFramesAt(folder.at("sound.mp4"), [0], signal, { tools: testTools }));
    expect(failure.code).toBe("unsupported");
  });

  test("pictures without sound have no audio", async () => {
    expect((await probe(clip)).facts).toMatchObject({ hasAudio: false, durationMs: 6000, codec: "h264" });
  });

  test("cover art is no video", async () => {
    await ffmpeg("-i", clip, "-frames:v", "1", folder.at("cover.png"));
    await ffmpeg(
      ...tone(2),
      ...["-i", folder.at("cover.png"), "-map", "0", "-map", "1", "-c:v", "copy"],
      ...["-disposition:v:0", "attached_pic", folder.at("song.mp3")],
    );
    const song = await probe(folder.at("song.mp3"));
    expect(song.video).toBeUndefined();
    expect(song.audioCodec).toBe("mp3");
  });

  test("date, place, title, chapters and subtitles are told", async () => {
    await writeFile(folder.at("lines.srt"), "1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i> there\n");
    await writeFile(
      folder.at("meta.txt"),
      ";FFMETADATA1\ntitle=A day out\ncreation_time=2024-07-14T18:30:12Z\nlocation=+48.8577+002.2950/\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=On the way\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=5000\ntitle=At the lake\n",
    );
    await ffmpeg(
      ...["-i", clip, "-i", folder.at("lines.srt"), "-i", folder.at("meta.txt"), "-map", "0", "-map", "1"],
      ...[
        "-map_metadata",
        "2",
        "-map_chapters",
        "2",
        "-c",
        "copy",
        "-c:s",
        "mov_text",
        folder.at("rich.mp4"),
      ],
    );
    const rich = await probe(folder.at("rich.mp4"));
    expect(rich.facts).toMatchObject({
      title: "A day out",
      takenAt: Date.UTC(2024, 6, 14, 18, 30, 12),
      place: { latitude: 48.8577, longitude: 2.295 },
    });
    expect(rich.chapters).toEqual([
      { startMs: 0, endMs: 2000, title: "On the way" },
      { startMs: 2000, endMs: 5000, title: "At the lake" },
    ]);
    expect(rich.subtitles).toMatchObject([{ codec: "mov_text" }]);
  });
});
