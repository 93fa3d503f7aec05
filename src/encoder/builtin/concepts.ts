import { colourNames } from "../../media/colour-name.ts";
import type { TextureName } from "./draw/picture-plan.ts";
import { sceneNames } from "./draw/scenes.ts";
import { type RegionName, regionNames, type Truth } from "./truth.ts";

/** 1: the word fits; 0: it does not; undefined: people might differ, so it teaches nothing. */
export type Label = 0 | 1 | undefined;

/** A direction of the space that words point to. */
export interface Concept {
  readonly id: string;
  readonly label: (truth: Truth) => Label;
}

function between(value: number, absent: number, present: number): Label {
  if (absent < present) return value >= present ? 1 : value <= absent ? 0 : undefined;
  return value <= present ? 1 : value >= absent ? 0 : undefined;
}

/** Colours have names in plain light only: a red car at night is black. */
function inPlainLight({ plan: { lighting, texture } }: Truth): boolean {
  const { exposure, haze, saturation, glow } = lighting;
  const plain = exposure > 0.8 && exposure < 1.15 && saturation > 0.8 && saturation < 1.2;
  return plain && haze === 0 && glow === undefined && texture !== "noisy";
}

const presentShare = 0.018;
const absentShare = 0.002;

function colour(index: number): Concept {
  return {
    id: colourNames[index]!,
    label: (truth) => {
      if (!inPlainLight(truth)) return undefined;
      if (truth.colours.sure[index]! >= presentShare) return 1;
      return truth.colours.possible[index]! < absentShare ? 0 : undefined;
    },
  };
}

function colourAt(index: number, region: RegionName): Concept {
  return {
    id: `${colourNames[index]}@${region}`,
    label: (truth) => {
      if (!inPlainLight(truth)) return undefined;
      const inside = truth.coloursInside[region];
      if (inside.possible[index]! < absentShare) return 0;
      const whole = truth.colours.possible[index]!;
      return inside.sure[index]! >= presentShare && inside.sure[index]! > 0.8 * whole ? 1 : undefined;
    },
  };
}

function lightAt(which: "bright" | "dark", region: RegionName): Concept {
  const sign = which === "bright" ? 1 : -1;
  return {
    id: `${which}@${region}`,
    label: ({ lumaInside, lumaOutside }) =>
      between(sign * (lumaInside[region] - lumaOutside[region]), 0.05, 0.17),
  };
}

const light: readonly Concept[] = [
  { id: "dark", label: ({ luma }) => between(luma, 0.32, 0.2) },
  { id: "bright", label: ({ luma }) => between(luma, 0.55, 0.72) },
  { id: "day", label: ({ luma }) => between(luma, 0.22, 0.42) },
  { id: "colourful", label: ({ saturation }) => between(saturation, 0.18, 0.42) },
  { id: "colourless", label: ({ saturation }) => between(saturation, 0.12, 0.035) },
  {
    id: "hazy",
    label: ({ plan, saturation }) =>
      plan.lighting.haze > 0 ? 1 : plan.texture === "smooth" || saturation < 0.05 ? undefined : 0,
  },
];

function texture(id: string, ...names: readonly TextureName[]): Concept {
  return {
    id,
    label: ({ plan }) => {
      const washedOut =
        plan.lighting.haze > 0 || plan.lighting.exposure < 0.3 || plan.lighting.exposure > 1.2;
      if (names.some((name) => name === plan.texture)) return washedOut ? undefined : 1;
      return plan.texture === "mixed" && plan.scenes.length > 0 && id === "rough" ? undefined : 0;
    },
  };
}

const textures: readonly Concept[] = [
  {
    id: "smooth",
    label: ({ plan, contrast }) => {
      if (plan.texture === "smooth" && plan.lighting.noise < 0.03) return contrast < 0.25 ? 1 : undefined;
      if (plan.texture === "mixed" || plan.texture === "gradient" || plan.lighting.haze > 0) return undefined;
      return plan.lighting.exposure < 0.3 ? undefined : 0;
    },
  },
  texture("gradient", "gradient"),
  texture("striped", "horizontal stripes", "vertical stripes", "diagonal stripes"),
  texture("horizontal stripes", "horizontal stripes"),
  texture("vertical stripes", "vertical stripes"),
  texture("diagonal stripes", "diagonal stripes"),
  texture("checked", "checked"),
  texture("dotted", "dotted"),
  texture("rough", "rough"),
  texture("noisy", "noisy"),
  texture("lines of text", "lines of text"),
];

const subjectPlace: Readonly<Record<RegionName, (u: number, v: number) => Label>> = {
  left: (u) => between(u, 0.48, 0.35),
  right: (u) => between(u, 0.52, 0.65),
  top: (_u, v) => between(v, 0.48, 0.35),
  bottom: (_u, v) => between(v, 0.52, 0.65),
  centre: (u, v) => between(Math.max(Math.abs(u - 0.5), Math.abs(v - 0.5)), 0.22, 0.1),
};

function subjectAt(region: RegionName): Concept {
  return {
    id: `@${region}`,
    label: ({ plan: { subject, lighting } }) =>
      subject === undefined ||
      lighting.glow !== undefined ||
      lighting.saturation === 0 ||
      lighting.haze > 0 ||
      lighting.exposure < 0.3
        ? undefined
        : subjectPlace[region](subject.u, subject.v),
  };
}

function scene(id: (typeof sceneNames)[number]): Concept {
  return {
    id,
    label: ({ plan }) => {
      const usual = plan.lighting.exposure > 0.5 && plan.lighting.saturation > 0 && plan.lighting.haze === 0;
      if (plan.scenes.includes(id)) return usual ? 1 : undefined;
      return id === "sky" && plan.scenes.length > 0 ? undefined : 0;
    },
  };
}

/** Attributes that can be said of a place in the picture. */
export const placeable: readonly string[] = [...colourNames, "dark", "bright"];

export const concepts: readonly Concept[] = [
  ...colourNames.map((_, index) => colour(index)),
  ...light,
  ...textures,
  ...regionNames.map(subjectAt),
  ...sceneNames.map(scene),
  ...colourNames.flatMap((_, index) => regionNames.map((region) => colourAt(index, region))),
  ...(["dark", "bright"] as const).flatMap((which) => regionNames.map((region) => lightAt(which, region))),
];
