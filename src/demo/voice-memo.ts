import type { Random } from "./random.ts";
import type { Caption } from "./subtitles.ts";

export interface VoiceMemo {
  readonly durationMs: number;
  readonly captions: readonly Caption[];
  readonly gate: { readonly code: string; readonly startMs: number; readonly endMs: number };
}

/** A short reminder, captioned line by line. */
export function someVoiceMemo(random: Random): VoiceMemo {
  const code = String(random.whole(1200, 9800));
  const gateLine = `The gate code is ${code}.`;
  const lines = [
    `Reminder for ${random.pick(["Saturday", "Sunday", "Friday"])}.`,
    ...random.shuffled([
      gateLine,
      `Pick up the keys from ${random.pick(["Martin", "Olivia", "Samir"])} at half past ten.`,
      `Water the ${random.pick(["tomatoes", "roses", "ferns"])} before you go.`,
    ]),
  ];
  let now = random.whole(4, 9) * 100;
  const captions = lines.map((text) => {
    const caption = { startMs: now, endMs: now + 1200 + text.length * 50, text };
    now = caption.endMs + random.whole(3, 7) * 100;
    return caption;
  });
  const gate = captions.find(({ text }) => text === gateLine);
  if (!gate) throw new Error("The memo lost its gate code");
  return { durationMs: now, captions, gate: { code, startMs: gate.startMs, endMs: gate.endMs } };
}

const sampleRate = 8000;

/** Plucked notes instead of a voice: a 16-bit mono WAV file of the given length. */
export function melody(random: Random, durationMs: number): Uint8Array {
  const count = Math.round((durationMs * sampleRate) / 1000);
  const file = Buffer.alloc(44 + count * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + count * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(count * 2, 40);
  const pentatonic = [261.6, 293.7, 329.6, 392, 440, 523.3];
  const noteSamples = Math.round(sampleRate * 0.4);
  let frequency = pentatonic[0] ?? 261.6;
  for (let index = 0; index < count; index++) {
    const within = index % noteSamples;
    if (within === 0) frequency = random.pick(pentatonic);
    const seconds = within / sampleRate;
    const value =
      Math.sin(2 * Math.PI * frequency * seconds) * Math.exp(-5 * seconds) * Math.min(1, within / 40);
    file.writeInt16LE(Math.round(value * 9000), 44 + index * 2);
  }
  return file;
}
