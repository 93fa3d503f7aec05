import type { Random } from "../random.ts";
import { halves, texturedGround, textureNames } from "./grounds.ts";
import type { Layer, Lighting, PicturePlan } from "./picture-plan.ts";
import { builtPlace, drawnScene, sceneNames } from "./scenes.ts";
import { anyShade, otherShade } from "./shades.ts";
import { randomPlacement, shapeLayer } from "./shapes.ts";

type Core = Omit<PicturePlan, "lighting" | "noiseSeed">;

function objects(random: Random, count: number, smallest: number, largest: number): Layer[] {
  return Array.from({ length: count }, () =>
    shapeLayer(random, anyShade(random), randomPlacement(random, smallest, largest)),
  );
}

function subjectOnCalmGround(random: Random): Core {
  const background = texturedGround(random, "smooth");
  const place = randomPlacement(random, 0.06, 0.2);
  const shade = otherShade(random, background.shadeAt(0.5, 0.5));
  const object = shapeLayer(random, shade, place);
  return {
    background,
    objects: [object],
    texture: "smooth",
    scenes: [],
    subject: { u: place.u, v: place.v },
  };
}

function severalObjects(random: Random): Core {
  const ground = random.index(3);
  const background =
    ground === 0
      ? texturedGround(random, "smooth")
      : ground === 1
        ? texturedGround(random, "gradient")
        : builtPlace(random);
  return {
    background,
    objects: objects(random, 1 + random.index(4), 0.05, 0.2),
    texture: "mixed",
    scenes: [],
  };
}

function texture(random: Random): Core {
  const name = random.pick(textureNames);
  const count = random.chance(0.25) ? 1 : 0;
  return {
    background: texturedGround(random, name),
    objects: objects(random, count, 0.05, 0.13),
    texture: name,
    scenes: [],
  };
}

function scene(random: Random): Core {
  const { ground, scenes } = drawnScene(random, random.pick(sceneNames));
  const count = random.chance(0.5) ? 0 : 1 + random.index(2);
  return { background: ground, objects: objects(random, count, 0.05, 0.12), texture: "mixed", scenes };
}

function twoHalves(random: Random): Core {
  const count = random.chance(0.6) ? 0 : 1;
  return {
    background: halves(random),
    objects: objects(random, count, 0.06, 0.15),
    texture: "mixed",
    scenes: [],
  };
}

const kinds = [
  { share: 0.3, core: subjectOnCalmGround },
  { share: 0.22, core: severalObjects },
  { share: 0.22, core: texture },
  { share: 0.18, core: scene },
  { share: 0.08, core: twoHalves },
] as const;

function glow(random: Random, strength: number): NonNullable<Lighting["glow"]> {
  const place = () => random.pick([0.2, 0.5, 0.8]) + random.between(-0.08, 0.08);
  return { u: place(), v: place(), reach: random.between(0.12, 0.25), strength };
}

const daylight = (random: Random): Lighting => ({
  exposure: random.between(0.85, 1.1),
  haze: 0,
  noise: random.between(0, 0.02),
  saturation: random.between(0.85, 1.1),
});

function lighting(random: Random): Lighting {
  const plain = daylight(random);
  const draw = random.next();
  if (draw < 0.1) return { ...plain, exposure: random.between(0.06, 0.3), noise: random.between(0, 0.04) };
  if (draw < 0.17)
    return { ...plain, exposure: random.between(0.08, 0.3), glow: glow(random, random.between(0.5, 1)) };
  if (draw < 0.21) return { ...plain, glow: glow(random, random.between(0.4, 0.8)) };
  if (draw < 0.26) return { ...plain, haze: random.between(0.55, 0.8) };
  if (draw < 0.31) return { ...plain, exposure: random.between(1.25, 1.7) };
  if (draw < 0.37) return { ...plain, saturation: 0 };
  if (draw < 0.41) return { ...plain, saturation: random.between(1.3, 1.7) };
  return plain;
}

/** A picture of a random kind; the same seed draws the same picture everywhere. */
export function randomPlan(random: Random): PicturePlan {
  let draw = random.next();
  const kind = kinds.find(({ share }) => {
    draw -= share;
    return draw < 0;
  });
  const core = (kind ?? kinds[0]).core(random);
  const light = lighting(random);
  const noise = core.texture === "noisy" ? random.between(0.14, 0.32) : light.noise;
  return { ...core, lighting: { ...light, noise }, noiseSeed: random.index(1e6) };
}
