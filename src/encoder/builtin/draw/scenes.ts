import { type Rgb, unpack } from "../palette.ts";
import type { Random } from "../random.ts";
import { bands, smoothNoise } from "./grounds.ts";
import type { Layer, SceneName } from "./picture-plan.ts";
import { blend, scaled, shadeOf } from "./shades.ts";

type ShadeAt = Layer["shadeAt"];

/** A sky: blue, or grey under cloud; lighter towards the horizon, with or without clouds. */
function sky(random: Random, clear: boolean): ShadeAt {
  const high = clear ? unpack(random.pick([0x3f7fd0, 0x5b9bdc, 0x76b2ea])) : unpack(0xb4b8bc);
  const low = clear ? unpack(random.pick([0x90c4f4, 0xa9d2f4])) : unpack(0xc8cacc);
  const cloud = shadeOf(random, "white");
  const cover = random.between(0.55, 1);
  const seed = random.index(1e6);
  return (u, v) => {
    const base = blend(high, low, Math.min(1, v * 1.6));
    const noise = smoothNoise(u * 0.6, v * 1.6, 6, seed);
    return noise > cover ? blend(base, cloud, Math.min(1, (noise - cover) * 6)) : base;
  };
}

/** Fine vertical tufts in shades of one colour. */
function tufts(random: Random, shades: readonly Rgb[], fineness: number, depth: number): ShadeAt {
  const shade = random.pick(shades);
  const seed = random.index(1e6);
  return (u, v) =>
    scaled(
      shade,
      1 +
        depth *
          (smoothNoise(u * 1.8, v, fineness, seed) + 0.6 * smoothNoise(u, v, fineness / 3, seed + 1) - 0.8),
    );
}

const grassShades = [unpack(0x4f8a35), unpack(0x6aa345), unpack(0x5b8a3a)];
const leafShades = [unpack(0x2c5a2c), unpack(0x3a6b34), unpack(0x24491f)];
const sandShades = [unpack(0xd8bf8c), unpack(0xc9a871)];
const seaShades = [unpack(0x1f5f9c), unpack(0x2a78b0), unpack(0x17507f)];

function waves(random: Random): ShadeAt {
  const shade = random.pick(seaShades);
  const seed = random.index(1e6);
  return (u, v) => scaled(shade, 1 + 0.45 * (smoothNoise(u * 0.25, v, 44, seed) - 0.5));
}

function forest(random: Random): ShadeAt {
  const leaves = tufts(random, leafShades, 34, 1.1);
  const trunk = unpack(0x40281c);
  const trunks = random.between(5, 11);
  const seed = random.index(1e6);
  return (u, v) => {
    const inTrunk = Math.abs(u * trunks - Math.floor(u * trunks) - 0.5) < 0.1;
    const low = v > 0.35 + 0.3 * smoothNoise(u, 0, 12, seed);
    return inTrunk && low ? trunk : leaves(u, v);
  };
}

function sunset(random: Random): Layer {
  const high = unpack(random.pick([0x4a2a5e, 0x5d3a6e, 0x39355f]));
  const low = unpack(random.pick([0xf08a2c, 0xf59a3e, 0xe8702a]));
  const horizon = random.between(0.55, 0.8);
  const land = unpack(random.pick([0x1a1412, 0x241a18, 0x101014]));
  return bands(
    (_u, v) => blend(high, low, Math.min(1, v / horizon)),
    () => land,
    horizon,
  );
}

function snow(random: Random): Layer {
  const shade = shadeOf(random, "white");
  const bluish = [0.88, 0.91, 0.96] as const;
  const seed = random.index(1e6);
  return bands(
    sky(random, random.chance(0.5)),
    (u, v) => blend(shade, bluish, smoothNoise(u, v, 7, seed) * 0.8),
    random.between(0.2, 0.5),
  );
}

/** Every scene, and which scene words it deserves. */
export function drawnScene(
  random: Random,
  scene: SceneName,
): { ground: Layer; scenes: readonly SceneName[] } {
  const horizon = random.between(0.3, 0.65);
  switch (scene) {
    case "sky":
      return {
        ground: bands(sky(random, true), () => leafShades[0]!, random.between(0.75, 1.01)),
        scenes: ["sky"],
      };
    case "grass":
      return {
        ground: bands(sky(random, random.chance(0.7)), tufts(random, grassShades, 60, 0.55), horizon * 0.9),
        scenes: ["grass"],
      };
    case "sea":
      return { ground: bands(sky(random, random.chance(0.7)), waves(random), horizon), scenes: ["sea"] };
    case "snow":
      return { ground: snow(random), scenes: ["snow"] };
    case "sunset":
      return { ground: sunset(random), scenes: ["sunset"] };
    case "forest":
      return { ground: bands(sky(random, true), forest(random), random.between(0, 0.2)), scenes: ["forest"] };
    case "sand":
      return {
        ground: bands(sky(random, true), tufts(random, sandShades, 50, 0.25), horizon),
        scenes: ["sand"],
      };
  }
}

export const sceneNames: readonly SceneName[] = ["sky", "grass", "sea", "snow", "sunset", "forest", "sand"];

/** Rooms and roads: the plain straight places that cameras watch. */
export function builtPlace(random: Random): Layer {
  const wall = shadeOf(random, random.pick(["grey", "white", "brown", "blue", "green"] as const));
  const floor = shadeOf(random, random.pick(["brown", "grey", "grey", "black"] as const));
  const opening = shadeOf(random, random.pick(["white", "blue", "brown"] as const));
  const seam = random.between(0.5, 0.8);
  const left = random.between(0.05, 0.6);
  const seed = random.index(1e6);
  return bands(
    (u, v) => (u > left && u < left + 0.28 && v > 0.15 && v < seam - 0.1 ? opening : wall),
    (u, v) => scaled(floor, 0.94 + 0.12 * smoothNoise(u, v, 30, seed)),
    seam,
  );
}
