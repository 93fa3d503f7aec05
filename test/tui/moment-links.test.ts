import { expect, test } from "vitest";
import { Failure } from "../../src/media/failure.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { openMomentLinks } from "../../src/tui/moment-links.ts";

const place = { mediaId: "m1" as MediaId, span: timeSpan(12_500, 13_000) };

test("nothing listens and nothing is loaded before there is something to link to", async () => {
  let opened = 0;
  let closed = 0;
  const links = openMomentLinks(async (token) => {
    opened += 1;
    return {
      fetch: (request) => new Response(`${token} ${new URL(request.url).pathname}`),
      [Symbol.asyncDispose]: async () => {
        closed += 1;
      },
    };
  });
  expect(links.addressOf(place)).toBeUndefined();
  await links.start();
  const address = new URL(links.addressOf(place) ?? "");
  expect(address.hostname).toBe("127.0.0.1");
  expect(address.hash).toBe("#media=m1&t=12.5,13");
  const token = address.searchParams.get("token") ?? "";
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(opened).toBe(0);
  expect(await (await fetch(address)).text()).toBe(`${token} /`);
  await (await fetch(address)).text();
  expect(opened).toBe(1);
  await links.start();
  expect(new URL(links.addressOf(place) ?? "").port).toBe(address.port);
  await links.closePage();
  expect(closed).toBe(1);
  await (await fetch(address)).text();
  expect(opened).toBe(2);
  await links[Symbol.asyncDispose]();
  await expect(fetch(address)).rejects.toThrow();
});

test("where there is no page there are no links", async () => {
  const links = openMomentLinks(undefined);
  links.turnOn();
  expect(links.isOn).toBe(false);
  await links.start();
  expect(links.addressOf(place)).toBeUndefined();
});

test("a page that cannot be opened is told of in the browser, and the next request tries anew", async () => {
  let tries = 0;
  await using links = openMomentLinks(async () => {
    tries += 1;
    if (tries === 1) throw new Failure({ code: "unavailable", message: "It is gone.", remedy: "Bring it." });
    return { fetch: () => new Response("here"), [Symbol.asyncDispose]: async () => {} };
  });
  await links.start();
  const address = links.addressOf(place) ?? "";
  const failed = await fetch(address);
  expect(failed.status).toBe(503);
  expect(await failed.text()).toBe("It is gone.\nBring it.\n");
  expect(await (await fetch(address)).text()).toBe("here");
});
