import type { Random } from "../src/encoder/builtin/random.ts";
import type { Pixels } from "../src/media/pixels.ts";

type Alter = (picture: Pixels, random: Random) => Promise<Pixels>;

async function open({ data, width, height }: Pixels) {
  const { default: sharp } = await import("sharp");
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function toPixels(picture: Awaited<ReturnType<typeof open>>): Promise<Pixels> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

const resized: Alter = async (picture, random) => {
  const width = Math.round(picture.width * random.between(0.5, 1.5));
  return toPixels((await open(picture)).resize({ width }));
};

const compressed: Alter = async (picture) => {
  const { default: sharp } = await import("sharp");
  return toPixels(sharp(await (await open(picture)).jpeg({ quality: 50 }).toBuffer()));
};

/** Keeps this share of the picture's area, anywhere in it. */
const cropTo =
  (share: number): Alter =>
  async (picture, random) => {
    const width = Math.round(picture.width * Math.sqrt(share));
    const height = Math.round(picture.height * Math.sqrt(share));
    const left = random.index(picture.width - width + 1);
    const top = random.index(picture.height - height + 1);
    return toPixels((await open(picture)).extract({ left, top, width, height }));
  };

const relit: Alter = async (picture, random) => {
  const factor = random.chance(0.5) ? 0.85 : 1.15;
  return { ...picture, data: picture.data.map((value) => Math.min(255, Math.round(value * factor))) };
};

/** What happens to pictures on their way back to us. */
export const alterations: ReadonlyMap<string, Alter> = new Map([
  ["resized", resized],
  ["JPEG 50", compressed],
  ["cropped 10 %", cropTo(0.9)],
  ["cropped 19 %", cropTo(0.81)],
  ["brightness ±15 %", relit],
]);
