import type { ColourName } from "../../media/colour-name.ts";
import type { Colour } from "./canvas.ts";

export interface NamedColour {
  readonly name: ColourName;
  readonly colour: Colour;
}

export const clothes: readonly NamedColour[] = [
  { name: "red", colour: [190, 40, 44] },
  { name: "blue", colour: [44, 84, 176] },
  { name: "green", colour: [48, 134, 66] },
  { name: "yellow", colour: [226, 190, 50] },
  { name: "white", colour: [232, 232, 228] },
  { name: "orange", colour: [228, 118, 36] },
  { name: "purple", colour: [112, 58, 150] },
];

export const carPaints: readonly NamedColour[] = [
  { name: "red", colour: [188, 30, 36] },
  { name: "blue", colour: [36, 78, 170] },
  { name: "green", colour: [34, 110, 62] },
  { name: "yellow", colour: [232, 192, 40] },
  { name: "orange", colour: [226, 110, 28] },
  { name: "white", colour: [240, 240, 238] },
];

export const trousers: readonly Colour[] = [
  [44, 46, 58],
  [62, 56, 50],
  [40, 50, 74],
];

export const skins: readonly Colour[] = [
  [224, 178, 150],
  [190, 138, 106],
  [120, 82, 60],
];

export const hairs: readonly Colour[] = [
  [46, 34, 28],
  [96, 66, 40],
  [24, 22, 24],
];
