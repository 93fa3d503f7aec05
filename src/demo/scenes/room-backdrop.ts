import { type Canvas, type Colour, createCanvas, shade, stage, tint } from "./canvas.ts";
import { texture } from "./grain.ts";
import type { Chance } from "./random.ts";
import { castShadow, drawBox, drawEllipse, drawLimb, drawPolygon } from "./shapes.ts";

const walls: readonly Colour[] = [
  [206, 198, 182],
  [186, 200, 206],
  [208, 190, 176],
  [190, 202, 184],
];
const sofas: readonly Colour[] = [
  [108, 116, 128],
  [126, 104, 86],
  [92, 112, 104],
];

export interface Room {
  readonly canvas: Canvas;
  /** Where the lamp's shade is. */
  readonly lamp: { readonly x: number; readonly y: number };
}

function drawShell(canvas: Canvas, chance: Chance): void {
  const wall = chance.vary(chance.pick(walls), 0.06);
  const plaster = texture(chance, 3);
  const stains = texture(chance, 60);
  const floor = chance.vary([146, 108, 76], 0.15);
  const grain = texture(chance, 5);
  drawBox(canvas, [0, 0, stage.width, 262], (x, y) =>
    shade(wall, 0.86 + 0.16 * (x / stage.width) - y * 0.0003 + plaster(x, y) * 0.018 + stains(x, y) * 0.03),
  );
  drawBox(canvas, [0, 262, stage.width, stage.height], (x, y) => {
    const depth = (y - 240) / 120;
    const plank = Math.floor((x - stage.width / 2) / (46 * depth) + 100);
    const tone = 0.92 + ((plank * 37) % 7) * 0.025 + grain(x / (4 * depth), y * 3) * 0.05;
    return shade(floor, tone);
  });
  drawBox(canvas, [0, 256, stage.width, 266], shade(wall, 0.62));
}

function drawWindow(canvas: Canvas, left: number): void {
  drawBox(canvas, [left, 44, left + 118, 168], [238, 236, 230], 2);
  drawBox(canvas, [left + 8, 52, left + 110, 160], (_, y) => [168 + y * 0.25, 198 + y * 0.12, 226]);
  drawBox(canvas, [left + 56, 50, left + 62, 162], [236, 234, 228]);
  drawBox(canvas, [left + 6, 102, left + 112, 107], [236, 234, 228]);
}

function drawPicture(canvas: Canvas, chance: Chance, left: number): void {
  drawBox(canvas, [left, 66, left + 84, 130], [70, 50, 38], 1);
  drawBox(canvas, [left + 6, 72, left + 78, 124], (_, y) => [120 + y * 0.4, 150 + y * 0.2, 170]);
  drawEllipse(canvas, { x: left + chance.between(24, 60), y: 92 }, 9, 9, [236, 214, 150]);
  const ridge = [
    { x: left + 6, y: 124 },
    { x: left + 28, y: 98 },
    { x: left + 46, y: 112 },
    { x: left + 62, y: 92 },
    { x: left + 78, y: 124 },
  ];
  drawPolygon(canvas, ridge, [74, 96, 82]);
}

function drawSofa(canvas: Canvas, chance: Chance, left: number): void {
  const cloth = chance.pick(sofas);
  castShadow(canvas, { x: left + 88, y: 286 }, 108, 14, 0.4);
  drawBox(canvas, [left, 196, left + 176, 276], shade(cloth, 0.86), 12);
  drawBox(canvas, [left + 14, 232, left + 87, 266], cloth, 7);
  drawBox(canvas, [left + 90, 232, left + 162, 266], cloth, 7);
  drawBox(canvas, [left - 10, 216, left + 16, 284], shade(cloth, 0.94), 9);
  drawBox(canvas, [left + 160, 216, left + 186, 284], shade(cloth, 0.94), 9);
}

function drawLamp(canvas: Canvas, x: number): void {
  castShadow(canvas, { x, y: 288 }, 26, 6, 0.35);
  drawEllipse(canvas, { x, y: 286 }, 18, 5, [52, 48, 46]);
  drawLimb(canvas, { from: { x, y: 286 }, to: { x, y: 140 }, fromRadius: 2, toRadius: 2 }, [60, 56, 54]);
  drawShade(canvas, x, [196, 182, 156]);
}

function drawShade(canvas: Canvas, x: number, colour: Colour): void {
  const outline = [
    { x: x - 15, y: 112 },
    { x: x + 15, y: 112 },
    { x: x + 25, y: 148 },
    { x: x - 25, y: 148 },
  ];
  drawPolygon(canvas, outline, colour);
}

/** A living room seen by a camera on the wall opposite; furniture and colours by chance. */
export function drawRoom(chance: Chance, pixelWidth: number): Room {
  const canvas = createCanvas(pixelWidth);
  const mirrored = chance.next() < 0.5;
  const sofaLeft = mirrored ? chance.between(390, 430) : chance.between(40, 70);
  const lampX = mirrored ? sofaLeft - 40 : sofaLeft + 222;
  drawShell(canvas, chance);
  drawWindow(canvas, mirrored ? chance.between(70, 120) : chance.between(430, 480));
  drawPicture(canvas, chance, sofaLeft + 44);
  drawSofa(canvas, chance, sofaLeft);
  drawLamp(canvas, lampX);
  return { canvas, lamp: { x: lampX, y: 134 } };
}

/** Lights the lamp in a room drawn before: a bright shade, a warm pool of light, more light everywhere. */
export function lightLamp({ canvas, lamp }: Room): void {
  const glow = (radius: number) => (x: number, y: number) => Math.hypot(x - lamp.x, y - lamp.y) - radius;
  const around = (radius: number) =>
    [lamp.x - radius, lamp.y - radius, lamp.x + radius, lamp.y + radius] as const;
  tint(canvas, around(1200), glow(1200), [1.7, 1.55, 1.3], 10);
  tint(canvas, around(150), glow(150), [1.9, 1.75, 1.4], 240);
  drawShade(canvas, lamp.x, [255, 240, 196]);
}
