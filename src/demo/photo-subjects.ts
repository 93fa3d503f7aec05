import type { ColourName } from "../media/colour-name.ts";
import { beachAtSunset, forest, lake, snowyMountain } from "./pictures/landscapes.ts";
import { autumnAvenue, balloons, dunes, sailboat, yellowFlowers } from "./pictures/outdoors.ts";
import { blueDoor, cityAtNight, redBicycle } from "./pictures/town.ts";
import type { Random } from "./random.ts";

type Place = readonly [city: string, country: string, latitude: number, longitude: number];

export interface PhotoSubject {
  readonly name: string;
  readonly draw: (random: Random) => string;
  /** Months (1…12) and hours in which such a photo can be taken. */
  readonly months: readonly [number, number];
  readonly hours: readonly [number, number];
  readonly places: readonly Place[];
  /** The one colour word that fits this photo better than any other of the album. */
  readonly colour?: ColourName;
}

export const photoSubjects: readonly PhotoSubject[] = [
  {
    name: "a beach at sunset",
    draw: beachAtSunset,
    months: [5, 9],
    hours: [19, 20],
    places: [
      ["Lagos", "Portugal", 37.1028, -8.673],
      ["Tarifa", "Spain", 36.0143, -5.6044],
    ],
  },
  {
    name: "a snowy mountain",
    draw: snowyMountain,
    months: [1, 3],
    hours: [10, 15],
    places: [
      ["Chamonix", "France", 45.9237, 6.8694],
      ["Zermatt", "Switzerland", 46.0207, 7.7491],
    ],
  },
  {
    name: "a forest",
    draw: forest,
    months: [5, 9],
    hours: [9, 16],
    colour: "green",
    places: [
      ["Freiburg", "Germany", 47.999, 7.8421],
      ["Bialowieza", "Poland", 52.7009, 23.8676],
    ],
  },
  {
    name: "a city at night",
    draw: cityAtNight,
    months: [1, 12],
    hours: [21, 23],
    places: [
      ["Rotterdam", "Netherlands", 51.9244, 4.4777],
      ["Toronto", "Canada", 43.6532, -79.3832],
    ],
  },
  {
    name: "a red bicycle",
    draw: redBicycle,
    months: [4, 9],
    hours: [9, 18],
    places: [
      ["Utrecht", "Netherlands", 52.0907, 5.1214],
      ["Ferrara", "Italy", 44.8381, 11.6198],
    ],
  },
  {
    name: "yellow sunflowers",
    draw: yellowFlowers,
    months: [6, 8],
    hours: [10, 18],
    colour: "yellow",
    places: [
      ["Valensole", "France", 43.8378, 5.9836],
      ["Carmona", "Spain", 37.4713, -5.6459],
    ],
  },
  {
    name: "a blue door",
    draw: blueDoor,
    months: [4, 10],
    hours: [9, 17],
    places: [
      ["Oia", "Greece", 36.4618, 25.3753],
      ["Sidi Bou Said", "Tunisia", 36.8687, 10.3416],
    ],
  },
  {
    name: "a lake with a jetty",
    draw: lake,
    months: [5, 9],
    hours: [9, 18],
    places: [
      ["Hallstatt", "Austria", 47.5622, 13.6493],
      ["Bled", "Slovenia", 46.3683, 14.1146],
    ],
  },
  {
    name: "balloons over a valley",
    draw: balloons,
    months: [5, 9],
    hours: [6, 7],
    colour: "pink",
    places: [
      ["Goreme", "Turkey", 38.6431, 34.8289],
      ["Albuquerque", "United States", 35.0844, -106.6504],
    ],
  },
  {
    name: "a sailing boat",
    draw: sailboat,
    months: [5, 9],
    hours: [10, 17],
    places: [
      ["Split", "Croatia", 43.5081, 16.4402],
      ["Falmouth", "United Kingdom", 50.1526, -5.0663],
    ],
  },
  {
    name: "an avenue in autumn",
    draw: autumnAvenue,
    months: [10, 11],
    hours: [11, 16],
    colour: "orange",
    places: [
      ["Weimar", "Germany", 50.9795, 11.3235],
      ["Kyoto", "Japan", 35.0116, 135.7681],
    ],
  },
  {
    name: "desert dunes",
    draw: dunes,
    months: [1, 12],
    hours: [8, 17],
    colour: "brown",
    places: [
      ["Merzouga", "Morocco", 31.0802, -4.0134],
      ["Sossusvlei", "Namibia", -24.7274, 15.3432],
    ],
  },
];
