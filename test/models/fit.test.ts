import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { aboutBytes, catalogue, localName } from "../../src/models/catalogue.ts";
import { chooseVariant, findInCatalogue } from "../../src/models/choose.ts";
import { bestFit } from "../../src/models/fit.ts";
import { hubSettings } from "../../src/models/hub-settings.ts";
import { largestGpu } from "../../src/models/machine-memory.ts";
import { speedometer } from "../../src/models/speed.ts";

const gigabyte = 1e9;
const fitOf = (id: string, ram: number, gpu?: number) =>
  bestFit(findInCatalogue(id), {
    ramBytes: ram * gigabyte,
    ...(gpu === undefined ? {} : { gpu: { name: "GPU", bytes: gpu * gigabyte } }),
  });

describe("which precision fits", () => {
  test("a large GPU takes Q8_0 of the 4B, and F16 only where it is asked for", () => {
    expect(fitOf("qwen3-vl-4b", 32, 24)).toMatchObject({ variant: { name: "Q8_0" }, runsIn: "gpu" });
  });

  test("a GPU of 6 GB takes Q4_K_M", () => {
    expect(fitOf("qwen3-vl-4b", 32, 6)).toMatchObject({ variant: { name: "Q4_K_M" }, runsIn: "gpu" });
  });

  test("a GPU that is too small leaves it to the memory, at the smallest precision", () => {
    expect(fitOf("qwen3-vl-4b", 16, 2)).toMatchObject({ variant: { name: "Q4_K_M" }, runsIn: "ram" });
    expect(fitOf("siglip2-base", 16)).toMatchObject({ variant: { name: "quantized" }, runsIn: "ram" });
  });

  test("an encoder takes a finer precision only where its runtime can use the GPU", () => {
    const machine = { ramBytes: 32 * gigabyte, gpu: { name: "GPU", bytes: 24 * gigabyte } };
    const chosen = (encodersUseGpu: boolean) =>
      bestFit(findInCatalogue("siglip2-base"), { ...machine, encodersUseGpu });
    expect(chosen(true)).toMatchObject({ variant: { name: "fp32" }, runsIn: "gpu" });
    expect(chosen(false)).toMatchObject({ variant: { name: "quantized" }, runsIn: "ram" });
  });

  test("a machine of 8 GB cannot run the 8B, and is told what it can ask for", () => {
    const fit = fitOf("qwen3-vl-8b", 8);
    expect(fit.runsIn).toBe("none");
    expect(() => chooseVariant(findInCatalogue("qwen3-vl-8b"), undefined, fit)).toThrow(/too large/);
    expect(chooseVariant(findInCatalogue("qwen3-vl-8b"), "q4_k_m", fit).name).toBe("Q4_K_M");
    expect(() => chooseVariant(findInCatalogue("qwen3-vl-8b"), "Q5", fit)).toThrow(/no precision Q5/);
  });

  test("the driver's table names the largest card, and what is no number is passed over", () => {
    const table = "NVIDIA T4, 15360\nNVIDIA H100 80GB HBM3, 81559\nOdd one, [N/A]\n";
    expect(largestGpu(table)).toEqual({ name: "NVIDIA H100 80GB HBM3", bytes: 81_559 * 2 ** 20 });
    expect(largestGpu("")).toBeUndefined();
  });
});

describe("the catalogue", () => {
  test("has every model that was asked for, each with a licence and a place", () => {
    expect(catalogue.map(({ id }) => id)).toEqual([
      "qwen3-vl-4b",
      "qwen3-vl-4b-thinking",
      "qwen3-vl-2b",
      "qwen3-vl-8b",
      "siglip2-base",
      "siglip2-so400m",
      "clip-vit-b32",
      "mobileclip2-s2",
      "bge-reranker-v2-m3",
      "whisper-base",
    ]);
    expect(new Set(catalogue.map(({ role }) => role)).size).toBe(4);
    for (const model of catalogue) {
      expect(model.licence).not.toBe("");
      expect(model.repository.huggingface).toMatch(/^[\w.-]+\/[\w.-]+$/);
    }
    expect(findInCatalogue("mobileclip2-s2")).toMatchObject({ restricted: "research" });
  });

  test("precisions go from small to large, and no two files of one have the same name", () => {
    for (const { variants } of catalogue) {
      const sizes = variants.map(aboutBytes);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      for (const { files } of variants) {
        expect(new Set(files.map(localName)).size).toBe(files.length);
      }
    }
  });

  test("a model is found by its id and by its name", () => {
    expect(findInCatalogue("Qwen3-VL-4B-Instruct").id).toBe("qwen3-vl-4b");
    expect(findInCatalogue("QWEN3-VL-4B").id).toBe("qwen3-vl-4b");
  });

  test("every chat model brings its eyes", () => {
    for (const model of catalogue.filter(({ role }) => role === "chat")) {
      for (const { files } of model.variants) {
        expect(files.map(({ part }) => part)).toEqual(["model", "mmproj"]);
      }
    }
  });
});

describe("where models come from", () => {
  test("a mirror is one setting, by name or address, and HF_ENDPOINT counts where it is not set", () => {
    const address = (settings: Parameters<typeof hubSettings>[0], endpoint?: string) =>
      hubSettings(settings, endpoint);
    expect(address({})).toEqual({ kind: "huggingface", url: "https://huggingface.co" });
    expect(address({ hub: "modelscope" })).toEqual({ kind: "modelscope", url: "https://www.modelscope.cn" });
    expect(address({ hub: "https://hf-mirror.com/" })).toEqual({
      kind: "huggingface",
      url: "https://hf-mirror.com",
    });
    expect(address({}, "https://hf-mirror.com")).toMatchObject({ url: "https://hf-mirror.com" });
    expect(address({ hub: "modelscope" }, "https://hf-mirror.com")).toMatchObject({ kind: "modelscope" });
    expect(address({ hub: "modelscope", hubUrl: "http://mirror.lan/ms" })).toEqual({
      kind: "modelscope",
      url: "http://mirror.lan/ms",
    });
  });

  test("a hub that is none is wrong usage", () => {
    expect(() => loadConfig({ hub: "hugging" }, { SIGHTLINE_CONFIG: "/nonexistent/config.json" })).toThrow(
      /hub/,
    );
  });
});

test("the speed is that of the last seconds, and a part thrown away is no negative one", () => {
  const speed = speedometer();
  expect(speed.note(0, 0)).toBe(0);
  expect(speed.note(1_000, 1_000)).toBe(1_000);
  for (let second = 2; second <= 20; second++) speed.note(1_000 + (second - 1) * 100, second * 1_000);
  expect(speed.note(3_000, 21_000)).toBe(100);
  expect(speed.note(0, 22_000)).toBe(0);
});
