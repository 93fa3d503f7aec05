import type { Canvas, Colour, Extent } from "./canvas.ts";
import { hairs, type NamedColour, skins, trousers } from "./palette.ts";
import type { Chance } from "./random.ts";
import { castShadow, drawEllipse, drawLimb, type Limb, limbExtent, type Point } from "./shapes.ts";

export interface Person {
  /** Stage units, head to heel. */
  readonly height: number;
  readonly shirt: NamedColour;
  readonly trousers: Colour;
  readonly skin: Colour;
  readonly hair: Colour;
}

export interface Pose {
  readonly x: number;
  /** Where the feet stand. */
  readonly ground: number;
  /** −1 looks left, 1 right, 0 at the camera. */
  readonly facing: number;
  /** Radians of the walking cycle. */
  readonly phase: number;
  /** 0 stands, 1 walks with a full stride. */
  readonly stride: number;
}

export function somePerson(chance: Chance, shirt: NamedColour, height: number): Person {
  return {
    height,
    shirt,
    trousers: chance.pick(trousers),
    skin: chance.pick(skins),
    hair: chance.pick(hairs),
  };
}

const along = (from: Point, angle: number, length: number): Point => ({
  x: from.x + Math.sin(angle) * length,
  y: from.y + Math.cos(angle) * length,
});

const limb = (from: Point, to: Point, fromRadius: number, toRadius: number): Limb => ({
  from,
  to,
  fromRadius,
  toRadius,
});

interface Body {
  readonly farArm: Limb[];
  readonly nearArm: Limb[];
  readonly farLeg: Limb[];
  readonly nearLeg: Limb[];
  readonly torso: Limb;
  readonly neck: Limb;
  readonly head: Point;
}

function leg(hip: Point, swing: number, pose: Pose, h: number): Limb[] {
  const facing = pose.facing || 0.2;
  const bend = Math.max(0, Math.cos(pose.phase + (swing > 0 ? 0 : Math.PI))) * 0.7 * pose.stride;
  const angle = Math.sin(pose.phase) * swing * 0.48 * pose.stride;
  const knee = along(hip, angle * facing, h * 0.235);
  const ankle = along(knee, (angle - bend * 0.6) * facing, h * 0.225);
  const toe = { x: ankle.x + facing * h * 0.055, y: ankle.y + h * 0.012 };
  return [
    limb(hip, knee, h * 0.055, h * 0.042),
    limb(knee, ankle, h * 0.042, h * 0.028),
    limb(ankle, toe, h * 0.024, h * 0.017),
  ];
}

function arm(shoulder: Point, swing: number, pose: Pose, h: number): Limb[] {
  const facing = pose.facing || 0.25 * swing;
  const angle = -Math.sin(pose.phase) * swing * 0.5 * pose.stride + 0.06;
  const elbow = along(shoulder, angle * facing, h * 0.17);
  const hand = along(elbow, (angle + 0.3 * pose.stride + 0.05) * facing, h * 0.16);
  return [limb(shoulder, elbow, h * 0.033, h * 0.027), limb(elbow, hand, h * 0.026, h * 0.02)];
}

function bodyOf({ height: h }: Person, pose: Pose): Body {
  const bob = Math.sin(pose.phase) ** 2 * 0.045 * h * pose.stride;
  const hip = { x: pose.x, y: pose.ground - h * 0.49 + bob };
  const lean = pose.facing * pose.stride * 0.02 * h;
  const shoulder = { x: pose.x + lean, y: pose.ground - h * 0.79 + bob };
  const spread = pose.facing === 0 ? 0.095 * h : 0.02 * h;
  const hips = pose.facing === 0 ? 0.045 * h : 0.012 * h;
  const head = { x: pose.x + lean * 1.6 + pose.facing * h * 0.012, y: pose.ground - h * 0.92 + bob };
  const aside = (point: Point, by: number): Point => ({ x: point.x + by, y: point.y });
  return {
    farArm: arm(aside(shoulder, -spread), -1, pose, h),
    nearArm: arm(aside(shoulder, spread), 1, pose, h),
    farLeg: leg(aside(hip, -hips), 1, pose, h),
    nearLeg: leg(aside(hip, hips), -1, pose, h),
    torso: limb(shoulder, hip, h * (pose.facing === 0 ? 0.088 : 0.072), h * 0.065),
    neck: limb(shoulder, head, h * 0.028, h * 0.028),
    head,
  };
}

/** All that is visible of the person, shadow left out. */
export function personExtent(person: Person, pose: Pose): Extent {
  const body = bodyOf(person, pose);
  const limbs = [...body.farArm, ...body.nearArm, ...body.farLeg, ...body.nearLeg, body.torso];
  const extents = limbs.map(limbExtent);
  return [
    Math.min(...extents.map((extent) => extent[0])),
    body.head.y - person.height * 0.08,
    Math.max(...extents.map((extent) => extent[2])),
    Math.max(...extents.map((extent) => extent[3])),
  ];
}

const darker = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

function drawLeg(canvas: Canvas, [thigh, shin, foot]: Limb[], cloth: Colour): void {
  drawLimb(canvas, thigh!, cloth);
  drawLimb(canvas, shin!, cloth);
  drawLimb(canvas, foot!, [34, 30, 28]);
}

function drawArm(canvas: Canvas, [upper, lower]: Limb[], sleeve: Colour, skin: Colour, h: number): void {
  drawLimb(canvas, upper!, sleeve);
  drawLimb(canvas, lower!, sleeve);
  drawEllipse(canvas, lower!.to, h * 0.024, h * 0.028, skin);
}

function drawHead(canvas: Canvas, { x, y }: Point, person: Person, facing: number): void {
  const h = person.height;
  drawEllipse(canvas, { x, y }, h * 0.058, h * 0.075, person.skin);
  drawEllipse(canvas, { x: x - facing * h * 0.02, y: y - h * 0.034 }, h * 0.06, h * 0.048, person.hair);
  const eye = h * 0.008;
  const look = facing * h * 0.034;
  if (facing === 0) drawEllipse(canvas, { x: x - h * 0.022, y: y + h * 0.006 }, eye, eye, [30, 26, 26]);
  drawEllipse(canvas, { x: x + (look || h * 0.022), y: y + h * 0.006 }, eye, eye, [30, 26, 26]);
}

export function drawPerson(canvas: Canvas, person: Person, pose: Pose): void {
  const body = bodyOf(person, pose);
  const h = person.height;
  const cloth = person.shirt.colour;
  castShadow(canvas, { x: pose.x + h * 0.03, y: pose.ground + h * 0.012 }, h * 0.2, h * 0.035, 0.38);
  drawArm(canvas, body.farArm, darker(cloth, 0.72), darker(person.skin, 0.85), h);
  drawLeg(canvas, body.farLeg, darker(person.trousers, 0.8));
  drawLeg(canvas, body.nearLeg, person.trousers);
  drawLimb(canvas, body.neck, darker(person.skin, 0.9));
  const folds = (x: number, y: number): Colour =>
    darker(cloth, 0.97 + 0.06 * Math.sin((x - pose.x) * (28 / h)) - (0.16 * (y - body.torso.from.y)) / h);
  drawLimb(canvas, body.torso, folds);
  drawArm(canvas, body.nearArm, darker(cloth, 0.88), person.skin, h);
  drawHead(canvas, body.head, person, pose.facing);
}
