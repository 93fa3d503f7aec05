import type { Canvas } from "./canvas.ts";
import { copyInto, stage } from "./canvas.ts";
import { type Car, carExtent, drawCar } from "./car.ts";
import { expose, sensorNoise } from "./grain.ts";
import { carPaints, type NamedColour } from "./palette.ts";
import { type Chance, chanceFrom } from "./random.ts";
import { renderScene, type Scene, type SceneOptions, truthOfVisit, type Visit } from "./scene.ts";
import { drawStreet } from "./street-backdrop.ts";

const framesPerSecond = 15;

interface Drive {
  readonly car: Car;
  readonly startMs: number;
  /** Stage units a second. */
  readonly speed: number;
  readonly ground: number;
}

const driveMs = ({ car, speed }: Drive): number => ((stage.width + car.length) / speed) * 1000;

function positionAt({ car, startMs, speed }: Drive, timeMs: number): number {
  const way = (speed * (timeMs - startMs)) / 1000 - car.length / 2;
  return car.facing === 1 ? way : stage.width - way;
}

function visitOf(drive: Drive): Visit {
  const colour = drive.car.paint.name;
  return {
    what: `a ${colour} car`,
    colour,
    extentAt: (timeMs) => carExtent(drive.car, positionAt(drive, timeMs), drive.ground),
  };
}

function someDrive(chance: Chance, paint: NamedColour, facing: 1 | -1, startMs: number): Drive {
  const near = facing === 1;
  return {
    car: { length: chance.between(150, 185) * (near ? 1.12 : 0.94), paint, facing },
    startMs,
    speed: chance.between(170, 290),
    ground: near ? chance.between(322, 334) : chance.between(254, 264),
  };
}

/** Cars one after another; the third and the fourth cross at once, from opposite sides. */
function drives(chance: Chance): Drive[] {
  const [first, second, third, fourth, fifth] = chance.shuffled(carPaints);
  const list: Drive[] = [];
  let startMs = chance.between(2000, 4000);
  for (const paint of [first!, second!]) {
    const drive = someDrive(chance, paint, chance.pick([1, -1] as const), startMs);
    list.push(drive);
    startMs += driveMs(drive) + chance.between(1000, 2500);
  }
  const together = [
    someDrive(chance, third!, 1, startMs),
    someDrive(chance, fourth!, -1, startMs + chance.between(200, 700)),
  ];
  list.push(...together);
  startMs = Math.max(...together.map((drive) => drive.startMs + driveMs(drive))) + chance.between(1000, 2500);
  list.push(someDrive(chance, fifth!, chance.pick([1, -1] as const), startMs));
  return list;
}

/** A camera's automatic exposure: darker while something bright is in the picture. */
function exposureAt(plan: readonly Drive[], timeMs: number): number {
  let gain = 1;
  for (const drive of plan) {
    const bright = drive.car.paint.name === "white" || drive.car.paint.name === "yellow";
    const share = (timeMs - drive.startMs) / driveMs(drive);
    if (!bright || share <= 0 || share >= 1) continue;
    gain -= 0.16 * Math.min(1, 4 * share, 4 * (1 - share));
  }
  return gain;
}

function paintStreet(
  plan: readonly Drive[],
  seed: number,
  pixelWidth: number,
): (canvas: Canvas, timeMs: number) => void {
  const chance = chanceFrom(seed + 11);
  const backdrop = drawStreet(chance, pixelWidth);
  const noise = sensorNoise(chance, 1.4);
  const inDepth = [...plan].sort((a, b) => a.ground - b.ground);
  return (canvas, timeMs) => {
    copyInto(canvas, backdrop);
    for (const drive of inDepth) {
      const x = positionAt(drive, timeMs);
      if (x > -drive.car.length && x < stage.width + drive.car.length)
        drawCar(canvas, drive.car, x, drive.ground);
    }
    const gain = exposureAt(plan, timeMs);
    if (gain !== 1) expose(canvas, gain);
    noise(canvas);
  };
}

/** Five cars on a street, two of them crossing; the exposure drops when a bright one passes. */
export function streetWithCars(seed: number, options?: SceneOptions): Scene {
  const plan = drives(chanceFrom(seed + 5000));
  const durationMs = Math.ceil(Math.max(...plan.map((drive) => drive.startMs + driveMs(drive))) + 2500);
  return renderScene(
    {
      name: "street-with-cars",
      framesPerSecond,
      durationMs,
      truth: plan.flatMap((drive) => truthOfVisit(visitOf(drive), durationMs, framesPerSecond)),
      prepare: (pixelWidth) => paintStreet(plan, seed, pixelWidth),
    },
    options,
  );
}
